import type { Me, MetricKey, MetricSeries } from "@preceptor/domain";
import { expect, test } from "vitest";
import { aRunningJob } from "./testing/a-job.ts";
import { anEdge, anInvited, setUp, type Refused } from "./testing/an-edge.ts";
import { pour } from "./testing/pour.ts";

const cursor = (...parts: unknown[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");
const spec = {
  name: "a-job",
  kind: "fine-tune",
  recipe: "lora-sft",
  compute: { target: "local" },
};

test("what a browser would never send is refused as the sender's fault, by its field, and never as ours", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const ada = await anInvited(edge, olga, "Ada", "engineer", "auditor");
  const asked: [procedure: string, input: object, field: string | null][] = [
    ["job.list", { cursor: "garbage" }, "cursor"],
    ["job.list", { cursor: cursor("yesterday", "job_1") }, "cursor"],
    ["job.list", { cursor: cursor("2026-01-01T00:00:00.000Z'; drop table job", "x") }, "cursor"],
    ["dataset.list", { cursor: cursor(1, 2) }, "cursor"],
    ["model.list", { cursor: cursor("a", "b") }, "cursor"],
    ["promotion.list", { cursor: cursor("a", "b") }, "cursor"],
    ["deployment.list", { cursor: cursor("a", "b") }, "cursor"],
    ["evaluation.list", { cursor: cursor("a", "b") }, "cursor"],
    ["audit.list", { cursor: cursor("9".repeat(40)) }, "cursor"],
    ["job.get", { id: "job_\0" }, "id"],
    ["job.get", { id: "mdl_01m81m6ekfwys3xv83d8rcaj4j" }, null],
    ["job.get", { id: "' or 1=1 --" }, null],
    ["job.get", { id: "x".repeat(5000) }, "id"],
    ["search.find", { text: "half \ud800" }, "text"],
    ["metric.read", { jobIds: ["job_\0"] }, "jobIds.0"],
    ["job.readLog", { attemptId: "../..", log: "../etc/passwd", offset: 0, limitBytes: 9 }, null],
    ["dataset.get", { name: "../etc" }, "name"],
  ];
  for (const [procedure, input, field] of asked) {
    const refused = await ada.query(procedure, input).catch((error: Refused) => error);
    const fields = ((refused as Refused).data?.fields ?? []) as { field: string }[];
    expect([procedure, input, (refused as Refused).status]).toEqual([
      procedure,
      input,
      field === null ? 404 : 400,
    ]);
    if (field !== null) expect(fields.map((each) => each.field)).toEqual([field]);
  }
  const name = { spec: { ...spec, description: "a\0" }, idempotencyKey: "key-number-1" };
  await expect(ada.mutate("job.submit", name)).rejects.toMatchObject({
    status: 400,
    data: { fields: [{ field: "spec.description" }] },
  });
  // A version past any there can be is looked for, and not found.
  expect(await ada.query("evaluation.list", { model: "base@99999999999999" })).toMatchObject({
    items: [],
  });
  expect(JSON.stringify(edge.said)).not.toContain("a procedure failed");
});

test.each([
  ["/api/trpc/job.submit", "{nonsense", "application/json", 400, "is not JSON"],
  ["/api/trpc/job.submit", "a=1", "text/plain", 415, "content-type: application/json"],
  [
    "/api/trpc/job.submit",
    "a=1",
    "application/x-www-form-urlencoded",
    415,
    "content-type: application/json",
  ],
  ["/api/setup", "{nonsense", "application/json", 400, "is not JSON"],
  ["/api/setup", "{}", "application/json", 400, "token: is missing"],
  ["/api/setup", '"text"', "application/json", 400, "must be a group of fields"],
])("%s with the body %s of %s says what is wrong", async (path, body, type, status, words) => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const response = await fetch(`${edge.url}${path}`, {
    method: "POST",
    headers: { ...olga.headers, "content-type": type },
    body,
  });
  expect([response.status, await response.text()]).toEqual([
    status,
    expect.stringContaining(words),
  ]);
});

test("a refusal reaches a client that is still sending, instead of a broken connection", async () => {
  const edge = await anEdge();
  const ada = await anInvited(edge, await setUp(edge), "Ada", "engineer");
  const sizeBytes = 50_000_000;
  const json = { "content-type": "application/json" };
  for (const path of ["access.invite", "job.submit"].map((name) => `/api/trpc/${name}`))
    expect(
      (await pour(`${edge.url}${path}`, { method: "POST", headers: json, sizeBytes })).said,
    ).toMatch(/^HTTP\/1.1 413 [^]*1 MB/);
  const { uploadId } = await ada.mutate<{ uploadId: string }>("dataset.beginUpload", {
    name: "notes",
    permit: { deIdentification: "synthetic", statement: "made by a program", purposes: [] },
    files: [{ path: "a.jsonl", split: "train", sha256: "0".repeat(64), sizeBytes }],
  });
  const url = `${edge.url}/api/uploads/${uploadId}/file?path=a.jsonl`;
  const stranger = await pour(url, { method: "PUT", sizeBytes });
  expect(stranger.said).toMatch(/^HTTP\/1.1 401 [^]*Sign in first/);
  const { cookie = "" } = ada.headers;
  const first = "this is no JSON\n";
  const wrong = await pour(url, { method: "PUT", headers: { cookie }, first, sizeBytes });
  expect(wrong.said).toMatch(/^HTTP\/1.1 400 [^]*row 1 is not a JSON object/);
});

test("a loss that became NaN is a gap in its curve and its newest value, and breaks no answer", async () => {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const { organization } = await olga.query<Me>("access.me");
  const job = await aRunningJob(edge, organization?.id ?? "");
  const { token } = await job.attempt();
  const metrics = ['"NaN"', 0.5, '"NaN"'].map(
    (value, step) => `{"key":"loss","value":${value},"timestamp":${step},"step":${step}}`,
  );
  const logged = await fetch(`${edge.url}/api/2.0/mlflow/runs/log-batch`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: `{"run_id":"${job.runId}","metrics":[${metrics.join(",")}]}`,
  });
  expect(logged.status).toBe(200);
  const latest = { step: 2, value: null, timestampMs: 2 };
  expect(await olga.query<MetricSeries[]>("metric.read", { jobIds: [job.jobId] })).toMatchObject([
    { key: "loss", points: 3, steps: [0, 1, 2], values: [null, 0.5, null], latest },
  ]);
  expect(await olga.query<MetricKey[]>("metric.keys", { jobId: job.jobId })).toEqual([
    { key: "loss", latest, points: 3 },
  ]);
});
