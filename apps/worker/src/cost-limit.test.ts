import { computeProviders, type Problem } from "@preceptor/compute";
import { attempt } from "@preceptor/db";
import { defineComputeTarget, listCheckpoints } from "@preceptor/services";
import { cloudSettings } from "@preceptor/services/testing";
import { expect, test } from "vitest";
import { aWorkshop, until } from "./testing/index.ts";

/** A priced target whose attempts really run, on this machine. */
async function aPricedWorkshop(problems: readonly Problem[] = []) {
  const workshop = await aWorkshop();
  const { provider, ada } = workshop;
  const priced = {
    ...provider,
    capabilities: { ...provider.capabilities, preflight: { check: async () => problems } },
  };
  const { azure } = cloudSettings;
  const prices = azure.prices.map((price) => ({ ...price, perNodeHour: 100_000 }));
  await defineComputeTarget(ada, {
    name: "cloud",
    provider: "azure-ml",
    settings: { ...cloudSettings, diskQuotaBytes: 1e9, azure: { ...azure, prices } },
  });
  return { ...workshop, compute: computeProviders({ "azure-ml": () => priced }) };
}
// 100,000 USD an hour is 27.78 USD a second.
const limits = {
  timeout: "PT1H",
  maxAttempts: 3,
  maxCost: { amount: 60, currency: "USD" },
} as const;
const compute = { target: "cloud", nodes: 1, processesPerNode: 1, tier: "spot" } as const;

test("a job that reaches its cost limit is stopped for that reason, once, and its checkpoints are kept", async () => {
  const { aWorker, aJob, ada, compute: providers, world } = await aPricedWorkshop();
  await aWorker(undefined, providers);
  const submitted = await aJob({ step: 7, wait: true, model: true }, { compute, limits });
  const done = await submitted.until((seen) => seen.status === "failed", 40_000);
  expect(done).toMatchObject({
    reason: "cost-limit",
    attempts: 1,
    message: expect.stringMatching(/^It came to \d+\.\d\d USD; limits\.maxCost is 60\.00 USD\.$/),
    attemptList: [{ status: "cancelled", reason: "cost-limit" }],
  });
  expect(done.cost?.amount).toBeGreaterThanOrEqual(60);
  const kept = await listCheckpoints(ada, { jobId: submitted.id });
  expect(kept).toMatchObject([{ state: "committed", step: 7 }]);
  const pid = Number(submitted.note("pid")[0]);
  await until(
    async () => isAlive(pid),
    (alive) => !alive,
  );
  expect(await world.ownerDb.select({ id: attempt.id }).from(attempt)).toHaveLength(1);
});

test("what would keep it from starting is found before an attempt is made: it fails for it, or waits where it may pass", async () => {
  const problems: Problem[] = [{ kind: "unreachable", message: "It does not answer now." }];
  const { aWorker, aJob, compute: providers } = await aPricedWorkshop(problems);
  await aWorker(undefined, providers);
  const waiting = await aJob({ wait: true }, { compute });
  const said = await waiting.until((seen) => seen.message === "It does not answer now.");
  expect(said).toMatchObject({ status: "queued", attempts: 0 });
  problems[0] = { kind: "unknown-instance-type", message: "There is no Standard_A1000." };
  const refused = await aJob({ wait: true }, { compute });
  expect(await refused.until((seen) => seen.status === "failed")).toMatchObject({
    reason: "start-refused",
    message: "There is no Standard_A1000.",
    attempts: 0,
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
