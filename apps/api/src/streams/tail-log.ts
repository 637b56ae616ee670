import { readLog, type ComputeContext } from "@preceptor/services";
import { tracked, type TrackedEnvelope } from "@trpc/server";
import type { Changes } from "../changes.ts";

/** A log grows without a notification: it is looked at this often. */
const POLL_MS = 1_000;
const LIMIT_BYTES = 200_000;

export interface LogTail {
  readonly text: string;
  readonly nextOffset: number;
  /** Bytes the process printed past the kept limit, so far. */
  readonly droppedBytes: number;
}

/** A log's text from `offset` on, as it grows, until its process ended. An event's id is the offset after it. */
export async function* tailLog(
  ctx: ComputeContext,
  changes: Changes,
  input: {
    attemptId: string;
    log: string;
    offset: number;
    lastEventId?: string | null | undefined;
  },
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<LogTail>, void> {
  const { attemptId, log } = input;
  const resumed = Number(input.lastEventId ?? Number.NaN);
  let offset = Number.isSafeInteger(resumed) && resumed >= 0 ? resumed : input.offset;
  let dropped = 0;
  while (!signal?.aborted) {
    const chunk = await readLog(ctx, { attemptId, log, offset, limitBytes: LIMIT_BYTES });
    const { text, nextOffset, droppedBytes } = chunk;
    if (nextOffset > offset || droppedBytes > dropped) {
      offset = nextOffset;
      dropped = droppedBytes;
      yield tracked(String(offset), { text, nextOffset, droppedBytes });
      continue;
    }
    if (chunk.ended) return;
    await changes.next([], { timeoutMs: POLL_MS, signal });
  }
}
