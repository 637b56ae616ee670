import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { computeProviders } from "@preceptor/compute";
import { localCompute } from "@preceptor/compute/local";
import { JobSpec, type AttemptTiming, type Job } from "@preceptor/domain";
import { defineComputeTarget, getJob, submitJob, type ProviderContext } from "@preceptor/services";
import { aWorld } from "@preceptor/services/testing";
import { servingProviders } from "@preceptor/serving";
import { blobName } from "@preceptor/storage";
import { onTestFinished } from "vitest";
import { startLoop, type Loop } from "../loop.ts";
import { createReconcilers } from "../reconcilers/index.ts";

const program = readFileSync(join(import.meta.dirname, "program.py"));
const sha256 = createHash("sha256").update(program).digest("hex");

/** A world with a member, this machine as its compute target, and workers as many as a test wants. */
export async function aWorkshop() {
  const world = await aWorld();
  const workDir = mkdtempSync(join(tmpdir(), "preceptor-work-"));
  const loops: Loop[] = [];
  const provider = localCompute({ workDir, graceMs: 500 });
  onTestFinished(async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
    await endAttempts(provider, started);
    rmSync(workDir, { recursive: true, force: true });
  });
  const started: string[] = [];
  const ada = await world.aMember("Ada", "engineer", "operator");
  const settings = { maxNodes: 2, maxProcessesPerNode: 2, diskQuotaBytes: 1e9, logLimitBytes: 1e6 };
  await defineComputeTarget(ada, { name: "here", provider: "local", settings });
  await ada.store.put(blobName(world.organizationId, sha256), Readable.from([program]));

  const { caller: _, ...base } = world.system;
  const providers: Omit<ProviderContext, "caller"> = {
    ...base,
    compute: computeProviders({ local: () => provider }),
    serving: servingProviders({}),
  };
  return {
    world,
    ada,
    workDir,
    provider,
    async aWorker(timing?: AttemptTiming, compute = providers.compute): Promise<Loop> {
      const loop = await startLoop({
        base: { ...providers, compute },
        reconcilers: createReconcilers(),
        settings: { publicUrl: "http://127.0.0.1:9", ...(timing ? { timing } : {}) },
        owner: randomUUID(),
        listen: (wake) => world.sql.listen("work", wake),
      });
      loops.push(loop);
      return loop;
    },
    /** Submits the test program with these wishes; its notes are what it wrote down of itself. */
    async aJob(wishes: Record<string, number | string | boolean>, changes: Partial<JobSpec> = {}) {
      const notes = join(world.root, `notes-${randomUUID()}`);
      mkdirSync(notes);
      const spec = JobSpec.parse({
        name: "test-program",
        kind: "pretrain",
        code: {
          command: ["python", "program.py"],
          files: [{ path: "program.py", sha256, sizeBytes: program.length }],
        },
        parameters: { notes, ...wishes },
        compute: { target: "here" },
        distribution: "none",
        ...changes,
      });
      const { id } = await submitJob(ada, { spec, idempotencyKey: randomUUID() });
      return {
        id,
        get: () => getJob(ada, { id }),
        until: (what: (job: Job) => boolean, withinMs?: number) =>
          until(
            async () => {
              const job = await getJob(ada, { id });
              for (const { id: attemptId } of job.attemptList)
                if (!started.includes(attemptId)) started.push(attemptId);
              return job;
            },
            what,
            withinMs,
          ),
        note: (name: string): string[] => {
          try {
            return readFileSync(join(notes, name), "utf8").trim().split("\n");
          } catch {
            return [];
          }
        },
        go: () => writeFileSync(join(notes, "go"), ""),
      };
    },
  };
}

async function endAttempts(
  provider: ReturnType<typeof localCompute>,
  ids: readonly string[],
): Promise<void> {
  for (const attemptId of ids) {
    const handle = { provider: "local", attemptId, data: {} } as const;
    await provider.cancel(handle);
    await until(
      () => provider.observe([handle]),
      ([seen]) => seen?.kind !== "running" && seen?.kind !== "preparing",
    );
  }
}

/** Looks again until it is so; fails after the deadline with what was last seen. */
export async function until<T>(
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (performance.now() > end)
      throw new Error(`not within ${withinMs} ms; last seen: ${JSON.stringify(seen)}`);
    await pause(50);
  }
}
