import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "@preceptor/compute/contract";
import { attempt, computeTarget } from "@preceptor/db";
import { aComputeTarget, aRunningJob, aWorld, type World } from "@preceptor/services/testing";
import { eq } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { startFakeAzure, type FakeAzure } from "../fake-azure/index.ts";
import { runWideStorage } from "../run-wide/index.ts";

const count = 60;
const windowMs = 5000;
const looksAtOnce = 16;

/** As many running attempts at one target, each on a page of its own: one sweep of a worker takes about four seconds. */
async function aBusyAzure(world: World): Promise<FakeAzure> {
  const folder = await mkdtemp(join(tmpdir(), "preceptor-surveys-"));
  const storage = await runWideStorage();
  const azure = await startFakeAzure({ folder, storage, jobs: "pretend", pageSize: 1 });
  onTestFinished(async () => {
    await azure.close();
    await rm(folder, { recursive: true, force: true });
  });
  const target = await aComputeTarget(world, "cloud");
  const settings = { maxNodes: 1, maxProcessesPerNode: 1, diskQuotaBytes: 1e9, logLimitBytes: 1e6 };
  await world.ownerDb
    .update(computeTarget)
    .set({ provider: "azure-ml", settings: { ...settings, azure: azure.settings } })
    .where(eq(computeTarget.id, target));
  const names: string[] = [];
  for (let n = 0; n < count; n++)
    names.push((await aRunningJob(world, target, { dueAt: new Date() })).attemptId);
  const { subscriptionId, resourceGroup, workspace } = azure.workspace;
  const data = { workspace: `${subscriptionId}/${resourceGroup}/${workspace}` };
  for (const attemptId of names)
    await world.ownerDb
      .update(attempt)
      .set({
        handle: { provider: "azure-ml", attemptId, data },
        processes: [{ rank: 0, node: 0, state: "running", exitCode: null }],
      })
      .where(eq(attempt.id, attemptId));
  azure.seedJobs(names, {
    jobType: "Command",
    tags: { preceptor: "attempt" },
    codeId: `${azure.workspace.workspace}/codes/preceptor-code/versions/1`,
    environmentId: `${azure.workspace.workspace}/environments/preceptor/versions/1`,
    command: "python preceptor_run.py -- python main.py",
    resources: { instanceCount: 1 },
    limits: { jobLimitsType: "Command", timeout: "P7D" },
  });
  return azure;
}

/** The real process over this database and this Azure. */
async function aWorker(world: World, azure: FakeAzure): Promise<ChildProcess> {
  const [key, servingKey] = [join(world.root, "key.pem"), join(world.root, "serving-key")];
  await writeFile(key, world.signingKeyPem);
  await writeFile(servingKey, "0123456789abcdef".repeat(4));
  const child = fork(join(import.meta.dirname, "../../apps/worker/src/main.ts"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      PATH: process.env["PATH"],
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
      ...azure.environment,
      DATABASE_URL: world.url,
      PRECEPTOR_WORK_DIR: join(world.root, "work"),
      PRECEPTOR_STORAGE_DIR: world.root,
      PRECEPTOR_SIGNING_KEY_FILE: key,
      PRECEPTOR_SERVING_KEY_FILE: servingKey,
      PRECEPTOR_PUBLIC_URL: "http://127.0.0.1:9",
    },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const gone = once(child, "exit").then(() => Promise.reject(new Error("the worker ended")));
  gone.catch(() => {});
  await Promise.race([once(child, "message"), gone]);
  return child;
}

test("two workers read as much as one; when the one that surveys is killed, the other does so within a moment", async () => {
  const world = await aWorld();
  const azure = await aBusyAzure(world);
  const samples: { atMs: number; reads: number }[] = [];
  const sampling = setInterval(
    () => samples.push({ atMs: performance.now(), reads: azure.counted.reads }),
    100,
  );
  onTestFinished(() => clearInterval(sampling));
  const heardSince = async (since: Date): Promise<number> => {
    const [row] = await world.ownerSql<{ heard: number }[]>`
      select count(*)::int as heard from attempt where last_observed_at > ${since.toISOString()}::timestamptz`;
    return row?.heard ?? 0;
  };
  const allHeardSince = (since: Date, allBut = 0) =>
    until(
      () => heardSince(since),
      (heard) => heard >= count - allBut,
    );
  const holder = async (): Promise<number | null> => {
    const [row] = await world.ownerSql<{ name: string }[]>`
      select application_name as name from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and application_name like 'preceptor-surveys %' and granted
        and pg_locks.database = (select oid from pg_database where datname = current_database())`;
    return row ? Number(row.name.split(" ").at(-1)) : null;
  };

  const workers = await Promise.all([aWorker(world, azure), aWorker(world, azure)]);
  for (let round = 0; round < 2; round++) await allHeardSince(new Date());
  const first = await holder();
  const [killed] = workers.filter(({ pid }) => pid === first);
  expect(killed).toBeDefined();

  // The other asks nothing there, though all attempts are due: with this one held up for a moment, nobody asks.
  killed?.kill("SIGSTOP");
  await pause(1000);
  const before = azure.counted.reads;
  await pause(5000);
  expect(azure.counted.reads - before).toBe(0);

  const since = new Date();
  killed?.kill("SIGKILL");
  const second = await until(holder, (pid) => pid !== null && pid !== first);
  expect(workers.map(({ pid }) => pid)).toContain(second);
  const takenOverMs = Date.now() - since.getTime();
  // What the killed one was just looking at is its own until its leases are over, half a minute later.
  for (let round = 0; round < 2; round++) await allHeardSince(new Date(), looksAtOnce);
  expect(takenOverMs).toBeLessThan(5000);

  const perSecond = samples.flatMap((begin, n) => {
    const end = samples.slice(n).find(({ atMs }) => atMs - begin.atMs >= windowMs);
    return end ? [((end.reads - begin.reads) * 1000) / (end.atMs - begin.atMs)] : [];
  });
  expect(Math.max(...perSecond)).toBeLessThan(25);
  // And it was a sweep worth the name that was counted.
  expect(Math.max(...perSecond)).toBeGreaterThan(5);
  const [lost] = await world.ownerSql`select count(*)::int as n from job where status <> 'running'`;
  expect(lost).toEqual({ n: 0 });
}, 120_000);
