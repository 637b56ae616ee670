import { createHash, randomUUID } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { organizationKey } from "@preceptor/db";
import type { Checkpoint, Job } from "@preceptor/domain";
import { aBoard } from "@preceptor/services/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { startFakeAzure } from "../fake-azure/index.ts";
import { violationsOf } from "./conformance.ts";
import { anInstallation, inAzure } from "./secrets/installation.ts";
import { aPerson, type Person } from "./secrets/person.ts";

/** Saves two checkpoints and works until it is ended; its successor notes what it was given, and is done. */
const program = `
import json, os, struct, time
parameters = json.load(open(os.environ["PRECEPTOR_PARAMETERS"]))
resumed = os.environ.get("PRECEPTOR_RESUME_FROM")
with open(parameters["notes"], "a") as file:
    file.write((os.path.basename(resumed) if resumed else "none") + "\\n")
for step in () if resumed else (3, 7):
    folder = os.path.join(os.environ["PRECEPTOR_CHECKPOINT_DIR"], f"checkpoint-{step}")
    os.makedirs(folder)
    header = json.dumps({"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}).encode()
    with open(os.path.join(folder, "model.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + struct.pack("<2f", step, step))
while not resumed:
    time.sleep(0.2)
`;
const shapes = ["restart", "fail", "by-hand"] as const;

test("machines taken back in each of three ways: the job goes on as a new attempt from its newest committed checkpoint", async () => {
  const folder = await mkdtemp(join(tmpdir(), "preceptor-preemption-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const azure = await startFakeAzure({
    folder: join(folder, "azure"),
    syncMs: 100,
    graceMs: 500,
    record: true,
  });
  onTestFinished(() => azure.close());
  const board = await aBoard();
  const { world } = board;
  await world.ownerDb
    .insert(organizationKey)
    .values({ organizationId: world.organizationId, subjectKey: "0".repeat(64) });
  const installation = await anInstallation(inAzure(azure), {
    databaseUrl: world.url,
    signingKeyPem: world.signingKeyPem,
  });
  const person = (name: string, role: "operator" | "engineer"): Promise<Person> =>
    aPerson(installation.apiUrl, board.olga, { name, role }, []);
  const [operator, engineer] = [await person("Ira", "operator"), await person("Ann", "engineer")];
  await operator.mutate("computeTarget.define", {
    name: "cloud",
    provider: "azure-ml",
    settings: {
      maxNodes: 1,
      maxProcessesPerNode: 1,
      diskQuotaBytes: 1e9,
      logLimitBytes: 1e6,
      azure: azure.settings,
    },
  });

  await Promise.all(
    shapes.map(async (shape) => {
      const notes = join(folder, shape);
      await appendFile(notes, "");
      const id = await aTraining(engineer, shape, notes);
      const saved = await vi.waitFor(
        async () => {
          const all = (await engineer.query<Checkpoint[]>("checkpoint.list", { jobId: id })) ?? [];
          expect(all.map(({ state }) => state)).toEqual(["committed", "committed"]);
          return all;
        },
        { timeout: 60_000, interval: 300 },
      );
      const [first] = (await engineer.query<Job>("job.get", { id }))?.attemptList ?? [];
      azure.preempt(first?.id ?? "", shape, 0);
      const done = await vi.waitFor(
        async () => {
          const job = await engineer.query<Job>("job.get", { id });
          if (job?.status !== "succeeded") throw new Error(`${job?.status}: ${job?.message}`);
          return job;
        },
        { timeout: 60_000, interval: 300 },
      );
      expect(done.attemptList).toMatchObject([
        { number: 1, reason: "preempted" },
        {
          number: 2,
          status: "succeeded",
          resumedFromCheckpointId: saved.find(({ name }) => name === "checkpoint-7")?.id,
        },
      ]);
      expect(await readFile(notes, "utf8")).toBe("none\ncheckpoint-7\n");
    }),
  );
  await installation.stop();
  expect(await violationsOf(azure.requests)).toEqual([]);
}, 180_000);

async function aTraining(person: Person, name: string, notes: string): Promise<string> {
  const sha256 = createHash("sha256").update(program).digest("hex");
  await person.put(`/api/blobs/${sha256}`, program);
  const files = [{ path: "main.py", sha256, sizeBytes: Buffer.byteLength(program) }];
  const job = await person.mutate<Job>("job.submit", {
    idempotencyKey: randomUUID(),
    spec: {
      name,
      kind: "pretrain",
      code: { command: ["python", "main.py"], files },
      compute: { target: "cloud" },
      distribution: "none",
      parameters: { notes },
      limits: { timeout: "PT2M", maxAttempts: 2 },
    },
  });
  if (job === null) throw new Error(`the job ${name} was refused`);
  return job.id;
}
