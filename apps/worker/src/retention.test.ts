import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { strayGraceMs } from "@preceptor/domain";
import { connect, sessionLocks } from "@preceptor/db";
import { aWorld } from "@preceptor/services/testing";
import { blobName } from "@preceptor/storage";
import { expect, onTestFinished, test } from "vitest";
import { retentionLock, startRetention } from "./retention.ts";
import { until } from "./testing/index.ts";

test("one of two workers goes round and removes what nothing refers to; the other takes over when it ends", async () => {
  const world = await aWorld();
  const { store } = world.system;
  const { caller: _, ...base } = world.system;
  const digest = createHash("sha256").update("stray").digest("hex");
  // A time at which the first turn looks where the stray is.
  const everyMs = 5;
  const round = 256 * everyMs;
  const startMs =
    Math.floor(Date.now() / round) * round + parseInt(digest.slice(0, 2), 16) * everyMs;
  let aheadMs = 0;
  const name = blobName(world.organizationId, digest);
  await store.put(name, Readable.from(["stray"]));
  const lists: string[][] = [[], []];
  const [first, second] = lists.map((seen) => {
    const locks = sessionLocks(connect({ url: world.url, max: 1 }).sql, retentionLock);
    const watched = {
      ...store,
      list: (prefix: string) => {
        seen.push(prefix);
        return store.list(prefix);
      },
    };
    const worker = startRetention({
      base: { ...base, store: watched, now: () => new Date(startMs + aheadMs) },
      locks,
      everyMs,
    });
    const stop = async () => {
      await worker.stop();
      await locks.end();
    };
    onTestFinished(stop);
    return { stop };
  });
  const turns = () => lists.map((seen) => seen.length);
  await until(
    async () => turns(),
    (seen) => Math.max(...seen) > 3,
  );
  expect(await store.stat(name)).not.toBeNull();
  aheadMs = strayGraceMs + 1000;
  await until(
    async () => await store.stat(name),
    (stat) => stat === null,
  );
  expect(Math.min(...turns())).toBe(0);
  expect(lists.flat()).toContain(`${world.organizationId}/blob/${digest.slice(0, 2)}/`);

  const goer = turns()[0] === 0 ? 1 : 0;
  await [first, second][goer]!.stop();
  await until(
    async () => turns()[1 - goer]!,
    (count) => count > 0,
  );
});
