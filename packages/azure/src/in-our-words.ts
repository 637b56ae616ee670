import { DomainError, type DomainErrorCode } from "@preceptor/domain";
import { faultOf, type AzureFaultKind } from "./fault/index.ts";

/** `unavailable` is tried again; every other code ends what was wanted. */
const codes: Record<AzureFaultKind, DomainErrorCode> = {
  "not-found": "not-found",
  conflict: "conflict",
  throttled: "unavailable",
  // A credential that lapsed overnight must not end anything: the operator mends it and it goes on.
  unauthenticated: "unavailable",
  forbidden: "unavailable",
  quota: "quota-exceeded",
  "unknown-instance-type": "invalid",
  "region-without-sku": "invalid",
  "wrong-subscription": "invalid",
  invalid: "invalid",
  unreachable: "unavailable",
  garbled: "unavailable",
};

/** Without its cause: an error of the client carries the request, and with it tokens and variables. */
export function inOurWords(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const fault = faultOf(error);
  return new DomainError(codes[fault.kind], fault.message);
}
