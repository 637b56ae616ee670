import { setTimeout as pause } from "node:timers/promises";
import { faultOf, type AzureFault, type AzureFaultKind } from "@preceptor/azure";
import { DomainError, type DomainErrorCode } from "@preceptor/domain";

/** `unavailable` is tried again; every other code ends the attempt before it began. */
const codes: Record<AzureFaultKind, DomainErrorCode> = {
  "not-found": "not-found",
  conflict: "conflict",
  throttled: "unavailable",
  // A credential that lapsed overnight must not end every job: the operator mends it and they go on.
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

const tries = 3;
const pauseMs = 500;

/**
 * Sends what may be sent twice. After a doubtful answer `isThere` is asked first; it also decides where the answer says that it exists
 * already, which Azure says with 409 and with 400.
 */
export async function once<T>(
  send: () => Promise<T>,
  isThere: () => Promise<boolean>,
): Promise<T | null> {
  for (let tried = 1; ; tried++) {
    try {
      return await send();
    } catch (error) {
      const fault: AzureFault = faultOf(error);
      const may = fault.doubtful || fault.kind === "conflict" || fault.kind === "invalid";
      if (may && (await isThere())) return null;
      if (!fault.doubtful || tried === tries) throw error;
      await pause(pauseMs * tried);
    }
  }
}
