import { testDatabase } from "@preceptor/db/testing";
import { expect, test } from "vitest";
import { ingestOf } from "./ingest.ts";
import { readLatest, readMarks, readMetricsAt, readRun } from "./read.ts";
import { inOrganization } from "./scope.ts";

const point = (key: string, step: number, value: number, timestampMs = step) => ({
  key,
  step: BigInt(step),
  timestampMs,
  value,
});

test("many writers at once share commits, and each reads what it wrote", async () => {
  const { db, sql } = await testDatabase();
  const ingest = ingestOf(db);
  const writers = Array.from({ length: 40 }, (_, w) => w);
  await Promise.all(
    writers.map(async (w) => {
      const runId = `run${w % 4}`;
      await ingest.log({ organizationId: "a", runId, points: [point(`k${w}`, 1, w)] });
      const seen = await inOrganization(db, "a", (tx) => readRun(tx, runId, [`k${w}`]));
      expect(seen.get(`k${w}`)).toEqual([point(`k${w}`, 1, w)]);
    }),
  );
  const [count] = await inOrganization(db, "a", (tx) =>
    tx.execute<{ n: number }>("select count(*)::int as n from metric_segment"),
  );
  expect(count?.n).toBeLessThan(40);
  expect(await sql`select * from metric_segment`).toHaveLength(0);
});

test("latest is the greatest step, whatever arrives last; a repeat counts once", async () => {
  const { db } = await testDatabase();
  const ingest = ingestOf(db);
  const log = (...points: ReturnType<typeof point>[]) =>
    ingest.log({ organizationId: "a", runId: "r", points });
  await log(point("loss", 5, 0.5), point("loss", 9, 0.9));
  await log(point("loss", 7, 0.7));
  await log(point("loss", 7, 0.7), point("gone", 1, Number.NaN));
  await inOrganization(db, "a", async (tx) => {
    expect((await readLatest(tx, "r")).find((p) => p.key === "loss")).toMatchObject({ step: 9n });
    expect((await readRun(tx, "r")).get("loss")?.map((p) => p.value)).toEqual([0.5, 0.7, 0.9]);
    expect(await readMetricsAt(tx, "r", 8)).toEqual({ loss: 0.7 });
    expect((await readMarks(tx, ["r", "none"])).get("none")).toBe(0);
  });
  await inOrganization(db, "b", async (tx) => {
    expect([...(await readRun(tx, "r"))]).toEqual([]);
    expect(await readLatest(tx, "r")).toEqual([]);
  });
});

test("a request the database refuses does not take its neighbours with it", async () => {
  const { db } = await testDatabase();
  const ingest = ingestOf(db);
  const log = (key: string) =>
    ingest.log({ organizationId: "a", runId: "r", points: [point(key, 1, 1)] });
  const [first, bad, good] = await Promise.allSettled([log("first"), log("nul\0"), log("good")]);
  expect([first?.status, bad?.status, good?.status]).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});
