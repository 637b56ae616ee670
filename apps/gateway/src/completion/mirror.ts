import type { Dispatcher } from "undici";
import type { Bearers } from "../bearer/bearers.ts";
import type { VerifiedRoute } from "../routing/verify-route.ts";
import { askModel } from "./upstream.ts";

/** Copies under way at once, at this process: the customers' own requests come first. */
const MOST_AT_ONCE = 16;
/** So long a copy may take; what is thrown away anyway is not waited for. */
const LONGEST_MS = 120_000;

export interface CopyOver {
  readonly at: Date;
  readonly latencyMs: number;
  readonly status: number;
}
export interface MirrorOptions {
  readonly agent: Dispatcher;
  readonly bearers: Bearers;
  now(): Date;
  /** More copies are under way than may be: this one is not made. */
  onDropped(route: VerifiedRoute): void;
}
export interface Mirror {
  /** Sends a copy behind the caller's back and throws its answer away. Returns at once, and never throws. */
  send(route: VerifiedRoute, body: unknown, onOver: (over: CopyOver) => void): void;
  underWay(): number;
  close(): void;
}

export function createMirror(options: MirrorOptions): Mirror {
  const ending = new AbortController();
  let underWay = 0;

  async function copy(route: VerifiedRoute, body: unknown): Promise<number> {
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(LONGEST_MS)]);
    try {
      const { status, body: answer } = await askModel(options, route, body, signal);
      // Read to its end, so that the model does the whole work; nothing of it is kept.
      for await (const _ of answer);
      return status;
    } catch {
      return 502;
    }
  }

  return {
    send(route, body, onOver) {
      if (underWay >= MOST_AT_ONCE) return options.onDropped(route);
      underWay += 1;
      const at = options.now();
      // After whoever answers has been asked.
      setImmediate(() => {
        void copy(route, body).then((status) => {
          underWay -= 1;
          const latencyMs = Math.max(0, options.now().getTime() - at.getTime());
          if (!ending.signal.aborted) onOver({ at, latencyMs, status });
        });
      });
    },
    underWay: () => underWay,
    close: () => ending.abort(),
  };
}
