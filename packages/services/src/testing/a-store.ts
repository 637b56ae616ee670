import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { strayObject, type job } from "@preceptor/db";
import { JobSpec } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { asc } from "drizzle-orm";
import { commitCheckpoint } from "../checkpoint/index.ts";
import type { ServiceContext } from "../context.ts";
import { aRunningJob } from "./a-running-job.ts";
import { aComputeTarget } from "./a-trained-model.ts";
import { aWorld, type World } from "./world.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
/** A world whose clock the test moves, and what is in its store. */
export async function aStore() {
  const world = await aWorld();
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const system: ServiceContext = { ...world.system, now };
  const ada = { ...(await world.aMember("Ada", "engineer")), now };
  const olga = { ...(await world.aMember("Olga", "operator")), now };
  return {
    world,
    system,
    ada,
    olga,
    later: (ms: number) => void (aheadMs += ms),
    has: async (text: string) => (await ada.store.stat(nameOf(world, text))) !== null,
    strays: () => world.ownerDb.select().from(strayObject).orderBy(asc(strayObject.name)),
  };
}
export type Store = Awaited<ReturnType<typeof aStore>>;
export const nameOf = (world: World, text: string) => blobName(world.organizationId, sha256(text));
export const storedAs = (text: string) => ({
  sha256: sha256(text),
  sizeBytes: Buffer.byteLength(text),
});

/** A running job that keeps its last `last` checkpoints, and what an attempt of it leaves. */
export async function aKeepingJob(
  { world, system }: Store,
  changes: Partial<typeof job.$inferInsert> = {},
) {
  const target = await aComputeTarget(world);
  const spec = JobSpec.parse({
    name: "long-run",
    kind: "fine-tune",
    recipe: "lora-sft",
    compute: { target: "here" },
    checkpoints: { keep: { last: 2 } },
  });
  const { jobId, attemptId } = await aRunningJob(world, target, { spec, ...changes });
  return {
    jobId,
    attemptId,
    commit: (name: string, files: Readonly<Record<string, string>>, ctx = system) =>
      commitCheckpoint(ctx, {
        jobId,
        attemptId,
        fencingToken: 1,
        name,
        kind: name === "model" ? "final" : "step",
        last: false,
        files: Object.entries(files).map(([path, text]) => ({
          path,
          open: async () => Readable.from([Buffer.from(text)]),
        })),
      }),
  };
}
/** Checkpoints 1 to `count`, whose configuration is the same file. */
export const steps = async (job: Awaited<ReturnType<typeof aKeepingJob>>, count: number) => {
  const made = [];
  for (let n = 1; n <= count; n++)
    made.push(
      (await job.commit(`checkpoint-${n}`, { "state.json": `state ${n}`, "config.json": "same" }))!,
    );
  return made;
};
