import type { Tools } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { failureOf } from "../failure.ts";

const TRIES = 3;

/** Without an answer nobody knows whether it was accepted: the same idempotency key is sent again, which cannot make a second one. */
export async function sendOnce<T>(
  { io, say }: Tools,
  what: string,
  idempotencyKey: string,
  send: (idempotencyKey: string) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send(idempotencyKey);
    } catch (error) {
      if (failureOf(error).code !== exitCode.unreachable || io.stopped.aborted) throw error;
      if (tried < TRIES) continue;
      say(
        `The ${what} may or may not have been accepted. Ask again with: --idempotency-key ${idempotencyKey}`,
      );
      throw error;
    }
  }
}
