import { setTimeout as pause } from "node:timers/promises";
import { faultOf, type AzureFault } from "./fault/index.ts";

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
