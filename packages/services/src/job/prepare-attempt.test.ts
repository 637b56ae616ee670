import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { attempt, recipe } from "@preceptor/db";
import { JobSpec, type AttemptObservation, type JobMove } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { authenticateAttempt } from "../attempt/index.ts";
import { defineComputeTarget } from "../compute-target/index.ts";
import type { ServiceContext } from "../context.ts";
import { claimWork } from "../lease.ts";
import {
  aComputeTarget,
  anEvaluateRecipe,
  aRunningJob,
  aWorld,
  cloudSettings,
} from "../testing/index.ts";
import { applyObservation, prepareAttempt } from "./index.ts";

const hourMs = 3_600_000;
const running: AttemptObservation = { kind: "running", processes: [] };
const move = (event: JobMove["event"], status: JobMove["attempt"]): JobMove => ({
  kind: "move",
  event,
  attempt: status,
  reason: null,
  message: null,
  waitMs: 0,
});

/** A job of one hour for a cluster with a queue, held by this test, whose clock is moved by hand. */
async function aQueuedHour() {
  const world = await aWorld();
  const operator = await world.aMember("Olga", "operator");
  const target = await defineComputeTarget(operator, {
    name: "cloud",
    provider: "azure-ml",
    settings: cloudSettings,
  });
  const spec = JobSpec.parse({
    name: "hour",
    kind: "pretrain",
    recipe: "tiny",
    compute: { target: "cloud" },
    limits: { timeout: "PT1H" },
  });
  const dueAt = new Date(Date.now() - 1000);
  await aRunningJob(world, target.id, { status: "queued", spec, dueAt });
  const [lease] = await claimWork(world.db, "job", { owner: "test", limit: 1, leaseMs: 60_000 });
  let aheadMs = 0;
  const ctx: ServiceContext = { ...world.system, now: () => new Date(Date.now() + aheadMs) };
  const prepared = await prepareAttempt(ctx, { lease: lease!, publicUrl: "http://127.0.0.1:9" });
  const { attemptId } = prepared!;
  // The token's digest alone is kept: here it is made one that this test knows.
  const tokenHash = createHash("sha256").update("known").digest("hex");
  await world.ownerDb.update(attempt).set({ tokenHash }).where(eq(attempt.id, attemptId));
  const apply = (
    from: "starting" | "running" | "unknown",
    seen: AttemptObservation,
    change: JobMove,
  ) => applyObservation(ctx, { lease: lease!, from, attemptId, seen, move: change });
  return {
    apply,
    after: (ms: number) => void (aheadMs += ms),
    isLetIn: () =>
      authenticateAttempt(ctx, "known").then(
        () => "let in",
        (error: { code?: string }) => error.code,
      ),
  };
}

test("an hour's job that waits most of its cluster's patience begins with a token that lives, and that outlives its hour only a little", async () => {
  const { after, apply, isLetIn } = await aQueuedHour();
  after(23 * hourMs);
  expect(await isLetIn()).toBe("let in");
  await apply("starting", running, move("run", "running"));
  after(1.9 * hourMs);
  expect(await isLetIn()).toBe("let in");
  after(0.2 * hourMs);
  expect(await isLetIn()).toBe("unauthenticated");
});

test("one that waited longer than anybody thought is let in once it is seen running, and again after a silence", async () => {
  const { after, apply, isLetIn } = await aQueuedHour();
  after(40 * hourMs);
  expect(await isLetIn()).toBe("unauthenticated");
  await apply("starting", running, move("run", "running"));
  expect(await isLetIn()).toBe("let in");
  await apply("running", { kind: "unknown", message: "" }, move("silence", "unknown"));
  after(5 * hourMs);
  await apply("unknown", running, move("run", "running"));
  expect(await isLetIn()).toBe("let in");
});

test("a token is dead the moment its attempt ended, however long it could have lived", async () => {
  const { apply, isLetIn } = await aQueuedHour();
  await apply("starting", running, move("run", "running"));
  await apply("running", { kind: "preempted", message: "" }, move("retry", "preempted"));
  expect(await isLetIn()).toBe("stale-attempt");
});

const program = Buffer.from("print()");
const sha256 = createHash("sha256").update(program).digest("hex");

/** The secrets an attempt of such a job is given. */
async function secretsGiven(kind: JobSpec["kind"], what: "recipe" | "own code") {
  const world = await aWorld();
  await world.system.store.put(blobName(world.organizationId, sha256), Readable.from([program]));
  const files = [{ path: "main.py", sha256, sizeBytes: program.length }];
  await anEvaluateRecipe(world);
  const [published] = await world.ownerDb.update(recipe).set({ files }).returning();
  const spec = JobSpec.parse({
    name: "keys",
    kind,
    compute: { target: "here" },
    ...(what === "recipe" ? { recipe: "lm-eval" } : { code: { command: ["main.py"], files } }),
  });
  await aRunningJob(world, await aComputeTarget(world), {
    status: "queued",
    kind,
    spec,
    recipeId: what === "recipe" ? published!.id : null,
    dueAt: new Date(Date.now() - 1000),
  });
  const [lease] = await claimWork(world.db, "job", { owner: "test", limit: 1, leaseMs: 60_000 });
  const prepared = await prepareAttempt(world.system, {
    lease: lease!,
    publicUrl: "http://127.0.0.1:9",
  });
  return Object.keys(prepared!.spec().secrets).sort();
}

test.each([
  ["evaluate", "recipe", ["MLFLOW_TRACKING_TOKEN", "PRECEPTOR_SUBJECT_KEY"]],
  ["evaluate", "own code", ["MLFLOW_TRACKING_TOKEN"]],
  ["pretrain", "own code", ["MLFLOW_TRACKING_TOKEN"]],
  ["prepare", "own code", ["MLFLOW_TRACKING_TOKEN"]],
] as const)("a job of kind %s with %s is given %j", async (kind, what, secrets) => {
  expect(await secretsGiven(kind, what)).toEqual(secrets);
});
