import { expect, test } from "vitest";
import { afterHold, fullBucket, take, type Bucket } from "./bucket.ts";
import { makeThrottle, type Operation } from "./throttle.ts";

function takeMany(bucket: Bucket, operation: Operation, nowMs: number, count: number): number[] {
  let rest = bucket;
  return Array.from({ length: count }, () => {
    const taken = take(rest, operation, nowMs);
    rest = taken.bucket;
    return taken.waitMs;
  });
}

test.each([
  ["the 250th read at once still goes at once", "read", 250, 0],
  ["the 251st read waits for its token, a 25th of a second", "read", 251, 40],
  ["the 275th read waits a second", "read", 275, 1000],
  ["the 200th write at once still goes at once", "write", 200, 0],
  ["the 201st write waits a tenth of a second", "write", 201, 100],
] as const)("%s", (_name, operation, count, waitMs) => {
  expect(takeMany(fullBucket(operation, 0), operation, 0, count).at(-1)).toBe(waitMs);
});

test("an emptied bucket gives 25 reads a second, and never more than its burst", () => {
  const empty: Bucket = { tokens: 0, atMs: 0, notBeforeMs: 0 };
  expect(takeMany(empty, "read", 1000, 26).slice(-2)).toEqual([0, 40]);
  expect(takeMany(empty, "read", 3_600_000, 251).slice(-2)).toEqual([0, 40]);
});

test("a hold keeps everything back, and a shorter one does not shorten it", () => {
  const held = afterHold(afterHold(fullBucket("read", 0), 5000), 2000);
  expect(take(held, "read", 1000).waitMs).toBe(4000);
  expect(take(held, "read", 6000).waitMs).toBe(0);
});

test("a clock that steps back gives no tokens away", () => {
  const { bucket } = take({ tokens: 0, atMs: 1000, notBeforeMs: 0 }, "read", 0);
  expect(take(bucket, "read", 1000).waitMs).toBe(80);
});

test("callers of one subscription and region share a bucket; another region has its own", async () => {
  const waits: number[] = [];
  const throttle = makeThrottle({ now: () => 0, wait: async (ms) => void waits.push(ms) });
  for (let sent = 0; sent < 251; sent += 1) await throttle.acquire("sub/westeurope", "read");
  await throttle.acquire("sub/northeurope", "read");
  await throttle.acquire("sub/westeurope", "write");
  expect(waits).toEqual([40]);
});

test("a wait longer than a turn is refused, and takes no token", async () => {
  const waits: number[] = [];
  const throttle = makeThrottle({ now: () => 0, wait: async (ms) => void waits.push(ms) });
  throttle.hold("sub/r", "read", 90_000);
  await expect(throttle.acquire("sub/r", "read")).rejects.toMatchObject({ statusCode: 429 });
  expect(waits).toEqual([]);
});
