import { setTimeout as sleep } from "node:timers/promises";
import { RestError } from "@azure/core-rest-pipeline";
import { afterHold, fullBucket, take, type Bucket } from "./bucket.ts";

/** Azure Resource Manager counts reads and writes apart. */
export type Operation = "read" | "write";

/** Hands out the right to send; every caller of one process shares it. */
export interface Throttle {
  /** Waits until one request of this kind may be sent. Key: subscription and region. Rejects rather than wait over a minute. */
  acquire(key: string, operation: Operation, signal?: AbortSignal): Promise<void>;
  /** The service said to wait: nobody sends before. */
  hold(key: string, operation: Operation, forMs: number): void;
  /** Waits on this throttle's clock. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface ThrottleOptions {
  readonly now?: () => number;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Waits longer than this are refused, so that a worker's turn is not spent standing in line. */
  readonly maxWaitMs?: number;
}

export function makeThrottle(options: ThrottleOptions = {}): Throttle {
  const { now = Date.now, wait = pause, maxWaitMs = 60_000 } = options;
  const buckets = new Map<string, Bucket>();
  const find = (key: string, operation: Operation): Bucket =>
    buckets.get(`${operation} ${key}`) ?? fullBucket(operation, now());
  return {
    async acquire(key, operation, signal) {
      const taken = take(find(key, operation), operation, now());
      if (taken.waitMs > maxWaitMs) throw tooBusy(taken.waitMs);
      buckets.set(`${operation} ${key}`, taken.bucket);
      if (taken.waitMs > 0) await wait(taken.waitMs, signal);
    },
    hold(key, operation, forMs) {
      const held = afterHold(find(key, operation), now() + forMs);
      buckets.set(`${operation} ${key}`, held);
    },
    wait,
  };
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal });
}

const tooBusy = (waitMs: number): RestError =>
  new RestError(`Azure asked to wait; the next request may go in ${Math.ceil(waitMs / 1000)} s.`, {
    code: "THROTTLED_HERE",
    statusCode: 429,
  });
