import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { audit, dataset, datasetFile, datasetVersion, job, recipe, run } from "@preceptor/db";
import { JobSpec, ListJobs, type RecipeDefinition } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { aComputeTarget } from "../testing/a-trained-model.ts";
import { aWorld, newId, type World } from "../testing/index.ts";
import { transaction } from "../transaction.ts";
import { pageQuery } from "./list.ts";
import { cancelJob, getJob, listJobs, submitJob, validateJob } from "./index.ts";

const definition: RecipeDefinition = {
  name: "tiny-pretrain",
  version: 1,
  title: "Tiny",
  description: "",
  kind: "pretrain",
  entry: "main.py",
  requirements: "requirements.txt",
  inputs: { train: { type: "dataset", required: true, description: "" } },
  output: "model",
  parameters: {
    type: "object",
    properties: {
      learning_rate: { type: "number", default: 0.005, minimum: 1e-7, maximum: 1 },
      epochs: { type: "integer", default: 1 },
    },
    additionalProperties: false,
  },
};

async function aLab() {
  const world = await aWorld();
  const ada = await world.aMember("Ada", "engineer");
  await aComputeTarget(world);
  await aRecipe(world);
  await aNotesDataset(world);
  return { world, ada };
}
const aRecipe = (world: World) =>
  transaction(world.system, (tx) =>
    tx.insert(recipe).values({
      id: newId("recipe"),
      organizationId: world.organizationId,
      name: definition.name,
      version: 1,
      digest: "sha256:r",
      definition,
      files: [],
    }),
  );
async function aNotesDataset({ system, organizationId }: World) {
  const [datasetId, id] = [newId("dataset"), newId("datasetVersion")];
  await transaction(system, async (tx) => {
    await tx
      .insert(dataset)
      .values({ id: datasetId, organizationId, name: "notes", title: "Notes" });
    await tx.insert(datasetVersion).values({
      id,
      organizationId,
      datasetId,
      version: 1,
      description: "",
      digest: "sha256:d",
      permit: { deIdentification: "synthetic", statement: "made by a test", purposes: [] },
      sizeBytes: 3,
      createdBy: "u",
      createdByName: "U",
    });
    const file = {
      organizationId,
      datasetVersionId: id,
      sha256: "a".repeat(64),
      sizeBytes: 3,
      mediaType: "application/jsonl",
    };
    await tx.insert(datasetFile).values([
      { ...file, path: "train.jsonl", split: "train", rows: 1 },
      { ...file, path: "blank.jsonl", split: "blank", rows: 0 },
    ]);
  });
}
const spec = JobSpec.parse({
  name: "first",
  kind: "pretrain",
  recipe: "tiny-pretrain",
  inputs: { train: "dataset://notes@1/train" },
  parameters: { epochs: 2 },
  compute: { target: "here" },
});

test("an accepted job is queued with its defaults, its inputs by digest, a run and an audit entry", async () => {
  const { ada } = await aLab();
  const made = await submitJob(ada, { spec, idempotencyKey: "key-number-1" });
  expect(made).toMatchObject({
    status: "queued",
    reason: "waiting-for-worker",
    recipe: { name: "tiny-pretrain", version: 1 },
    target: "here",
    inputs: [{ name: "train", digest: "sha256:d" }],
    runId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  const [row, runs, entries] = await transaction(
    ada,
    async (tx) =>
      [
        await tx.select().from(job),
        await tx.select().from(run),
        await tx.select().from(audit),
      ] as const,
  );
  expect(row[0]?.parameters).toEqual({ epochs: 2, learning_rate: 0.005 });
  expect(runs).toMatchObject([{ id: made.runId, jobId: made.id }]);
  expect(entries.map((entry) => entry.action)).toEqual(["job.submit"]);
});

test("the same key is the same job, even sent twice at once; with another spec it is a conflict", async () => {
  const { ada } = await aLab();
  const request = { spec, idempotencyKey: "key-number-1" };
  const [one, two] = await Promise.all([submitJob(ada, request), submitJob(ada, request)]);
  expect(two.id).toBe(one.id);
  expect((await listJobs(ada, ListJobs.parse({}))).items).toHaveLength(1);
  await expect(
    submitJob(ada, { ...request, spec: { ...spec, name: "second" } }),
  ).rejects.toMatchObject({ code: "conflict", field: "idempotencyKey" });
});

test("everything wrong is named by its field at once, and nothing is written", async () => {
  const { ada } = await aLab();
  const wrong = {
    ...spec,
    inputs: { train: "dataset://notes@1/validation" },
    parameters: { learning_rate: 3, epochs: "two", momentum: 1 },
    compute: { target: "here", nodes: 5 },
  };
  const found = await validateJob(ada, { spec: wrong });
  expect(found.issues.map((issue) => issue.field).sort()).toEqual([
    "compute.nodes",
    "inputs.train",
    "parameters.epochs",
    "parameters.learning_rate",
    "parameters.momentum",
  ]);
  expect(found.issues.map((issue) => issue.message)).toContain("epochs must be a whole number.");
  await expect(
    submitJob(ada, { spec: JobSpec.parse(wrong), idempotencyKey: "key-number-1" }),
  ).rejects.toMatchObject({ code: "invalid", field: "compute.nodes" });
  expect((await validateJob(ada, { spec: { ...spec, gpus: 4 } })).issues[0]?.field).toBe("gpus");
  expect((await listJobs(ada, ListJobs.parse({}))).items).toEqual([]);
});

test.each(["blank", "missing"])(
  "a split without a single row (%s) is named, with the splits there are",
  async (split) => {
    const { ada } = await aLab();
    const inputs = { train: `dataset://notes@1/${split}` };
    expect((await validateJob(ada, { spec: { ...spec, inputs } })).issues).toEqual([
      {
        field: "inputs.train",
        message: `The split ${split} is empty or does not exist; this version has train.`,
      },
    ]);
  },
);

test("own code must be uploaded first", async () => {
  const { world, ada } = await aLab();
  const text = "print('hello')\n";
  const sha256 = createHash("sha256").update(text).digest("hex");
  const own = JobSpec.parse({
    name: "own",
    kind: "prepare",
    code: {
      command: ["python", "a.py"],
      files: [{ path: "a.py", sha256, sizeBytes: text.length }],
    },
    compute: { target: "here" },
  });
  expect((await validateJob(ada, { spec: own })).issues[0]?.field).toBe("code.files.0");
  await ada.store.put(blobName(world.organizationId, sha256), Readable.from([Buffer.from(text)]));
  expect(await validateJob(ada, { spec: own })).toMatchObject({ ok: true });
});

test("a queued job is cancelled at once, and cancelling again changes nothing", async () => {
  const { ada } = await aLab();
  const { id } = await submitJob(ada, { spec, idempotencyKey: "key-number-1" });
  expect(await cancelJob(ada, { id })).toMatchObject({
    status: "cancelled",
    reason: "cancelled-by-member",
  });
  expect(await cancelJob(ada, { id })).toMatchObject({ status: "cancelled" });
  const entries = await transaction(ada, (tx) => tx.select().from(audit));
  expect(entries.map((entry) => entry.action)).toEqual(["job.submit", "job.cancel"]);
});

test("another organization's job is not found", async () => {
  const { world, ada } = await aLab();
  const { id } = await submitJob(ada, { spec, idempotencyKey: "key-number-1" });
  const stranger = world.as({
    kind: "member",
    userId: "usr_x",
    name: "X",
    organizationId: newId("organization"),
    roles: ["engineer"],
  });
  await expect(getJob(stranger, { id })).rejects.toMatchObject({ code: "not-found" });
  expect((await listJobs(stranger, ListJobs.parse({}))).items).toEqual([]);
});

interface PlanNode {
  readonly "Node Type": string;
  readonly "Plan Rows": number;
  readonly Plans?: readonly PlanNode[];
}
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

test("pages of 30,000 jobs are read along an index whatever the order and the status, and none twice", async () => {
  const { world, ada } = await aLab();
  await world.ownerDb.execute(sql`
    insert into job (id, organization_id, name, kind, status, spec, spec_digest, parameters, idempotency_key, compute_target_id,
      run_id, max_attempts, submitted_by, submitted_by_name, created_at)
    select 'job_' || n, ${world.organizationId}, 'job-' || md5(n::text), 'pretrain',
      case when n % 100 = 0 then 'running' when n % 3 = 0 then 'failed' else 'succeeded' end,
      '{}', 'sha256:s', '{}', 'many-' || n, t.id, md5('r' || n), 1, 'usr_many', 'Many', now() - n * interval '1 second'
    from generate_series(1, 30000) n, compute_target t`);
  await world.ownerDb.execute(sql`analyze job`);
  const queries = [
    {},
    { direction: "asc" },
    { sort: "name" },
    { sort: "name", direction: "asc" },
    { status: ["running"] },
    { status: ["running", "failed", "queued"] },
    { kind: ["pretrain"] },
  ] as const;
  for (const query of queries) {
    const input = ListJobs.parse({ ...query, limit: 100 });
    const first = await listJobs(ada, input);
    const next = await listJobs(ada, { ...input, cursor: first.nextCursor ?? undefined });
    expect(new Set([...first.items, ...next.items].map((each) => each.id)).size).toBe(200);
    const [row] = await transaction(ada, (tx) =>
      tx.execute<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
        sql`explain (format json) ${pageQuery(world.organizationId, { ...input, cursor: first.nextCursor ?? undefined })}`,
      ),
    );
    const nodes = nodesOf(row!["QUERY PLAN"][0].Plan);
    const slow = nodes.filter(
      (node) =>
        node["Node Type"] === "Seq Scan" ||
        (node["Node Type"] === "Sort" && node["Plan Rows"] > 500),
    );
    expect({ query, slow }).toEqual({ query, slow: [] });
  }
});
