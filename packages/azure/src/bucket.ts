import type { Operation } from "./throttle.ts";

/** A token bucket at a moment. `tokens` below zero are requests already promised to those who wait. */
export interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
  readonly notBeforeMs: number;
}

/**
 * What Azure Resource Manager allows one principal in one subscription and region.
 * Source: "Understand how Azure Resource Manager throttles requests", Microsoft Learn.
 */
export const limits: Record<Operation, { burst: number; perSecond: number }> = {
  read: { burst: 250, perSecond: 25 },
  write: { burst: 200, perSecond: 10 },
};

export const fullBucket = (operation: Operation, nowMs: number): Bucket => ({
  tokens: limits[operation].burst,
  atMs: nowMs,
  notBeforeMs: nowMs,
});

/** Takes one token, if need be from the future: `waitMs` says how long from `nowMs` until it is there. */
export function take(
  bucket: Bucket,
  operation: Operation,
  nowMs: number,
): { bucket: Bucket; waitMs: number } {
  const { burst, perSecond } = limits[operation];
  const elapsed = Math.max(0, nowMs - bucket.atMs);
  const tokens = Math.min(burst, bucket.tokens + (elapsed * perSecond) / 1000) - 1;
  const refillMs = tokens >= 0 ? 0 : Math.ceil((-tokens * 1000) / perSecond);
  const heldMs = Math.max(0, bucket.notBeforeMs - nowMs);
  return {
    bucket: { tokens, atMs: Math.max(nowMs, bucket.atMs), notBeforeMs: bucket.notBeforeMs },
    waitMs: Math.max(refillMs, heldMs),
  };
}

/** Nothing leaves before the given moment; a shorter hold never shortens a longer one. */
export const afterHold = (bucket: Bucket, untilMs: number): Bucket => ({
  ...bucket,
  notBeforeMs: Math.max(bucket.notBeforeMs, untilMs),
});
