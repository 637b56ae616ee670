import type { ServedRequest } from "@preceptor/services/gateway";
import { withTimeout } from "../timeout.ts";

const BATCH = 500;
const MOST_KEPT = 20_000;
const WRITE_TIMEOUT_MS = 3000;

export interface UsageRecorder {
  add(request: ServedRequest): void;
  /** Writes what is waiting; what could not be written waits on. Never throws. */
  flush(): Promise<void>;
  waiting(): number;
}

/** Usage is written after the answer and in batches: a slow or absent database never holds a request. */
export function createUsageRecorder(options: {
  write(requests: readonly ServedRequest[]): Promise<void>;
  onDropped(count: number): void;
}): UsageRecorder {
  const queue: ServedRequest[] = [];
  let underWay: Promise<void> | undefined;

  async function write(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH);
      try {
        await withTimeout(options.write(batch), WRITE_TIMEOUT_MS);
      } catch {
        return;
      }
      queue.splice(0, batch.length);
    }
  }

  return {
    add(request) {
      // The newest goes when there is no room: a batch being written is at the front.
      if (queue.length >= MOST_KEPT) options.onDropped(1);
      else queue.push(request);
    },
    flush: () => (underWay ??= write().finally(() => (underWay = undefined))),
    waiting: () => queue.length,
  };
}
