import { DomainError, type DomainErrorCode } from "@preceptor/domain";
import { faultOf, type AzureFault, type AzureFaultKind } from "./fault/index.ts";

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

/** The answer, or null when there is no such thing. */
export async function orNull<T>(ask: Promise<T>): Promise<T | null> {
  try {
    return await ask;
  } catch (error) {
    if (faultOf(error).kind === "not-found") return null;
    throw error;
  }
}

/** Sends what makes something; where the answer leaves doubt or says it is there already (also 400 does), `isThere` decides. */
export async function once(
  send: () => Promise<unknown>,
  isThere: () => Promise<boolean>,
): Promise<void> {
  try {
    await send();
  } catch (error) {
    const fault: AzureFault = faultOf(error);
    const may = fault.doubtful || fault.kind === "conflict" || fault.kind === "invalid";
    if (may && (await isThere())) return;
    throw error;
  }
}
