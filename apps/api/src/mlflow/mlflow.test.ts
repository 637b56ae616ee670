import { expect, test } from "vitest";
import type { Me, MetricKey, MetricSeries } from "@preceptor/domain";
import { aRunningJob } from "../testing/a-job.ts";
import { anEdge, anInvited, setUp, type Edge } from "../testing/an-edge.ts";

async function aTraining() {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const { organization } = await olga.query<Me>("access.me");
  const job = await aRunningJob(edge, organization?.id ?? "");
  return { edge, olga, organizationId: organization?.id ?? "", job, ...(await job.attempt()) };
}
/** A call of the client; `body` may be JSON text, for numbers JavaScript would round. */
async function call(edge: Edge, token: string, method: string, path: string, body?: unknown) {
  const response = await fetch(`${edge.url}/api/2.0/mlflow/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}

test("what a trainer logs is read back at once, with its numbers as they were", async () => {
  const { edge, olga, job, token } = await aTraining();
  const { runId } = job;
  const ask = (method: string, path: string, body?: unknown) =>
    call(edge, token, method, path, body);
  const named = await ask("GET", "experiments/get-by-name?experiment_name=fine-tune");
  const got = await ask("GET", `runs/get?run_uuid=${runId}&run_id=${runId}`);
  expect(got.body.run.info.experiment_id).toBe(named.body.experiment.experiment_id);
  expect((await ask("POST", "runs/update", { run_id: runId, status: "RUNNING" })).status).toBe(200);
  const step = "9007199254740993";
  const batch = `{"run_id":"${runId}","metrics":[
    {"key":"loss","value":0.1,"timestamp":1795346972704,"step":4,"run_id":"${runId}"},
    {"key":"loss","value":"NaN","timestamp":1795346972705,"step":5},
    {"key":"huge","value":"Infinity","timestamp":1,"step":${step}}],
    "params":[{"key":"lr","value":"5e-05"}],"tags":[{"key":"note","value":"x"}]}`;
  const logged = await ask("POST", "runs/log-batch", batch);
  expect([logged.status, logged.text]).toEqual([200, "{}"]);
  await ask("POST", "runs/log-batch", batch);
  const history = await ask("GET", `metrics/get-history?run_id=${runId}&metric_key=loss`);
  expect(history.body.metrics).toEqual([
    { key: "loss", value: 0.1, timestamp: 1795346972704, step: 4 },
    { key: "loss", value: "NaN", timestamp: 1795346972705, step: 5 },
  ]);
  const huge = await ask("GET", `metrics/get-history?run_id=${runId}&metric_key=huge`);
  expect(huge.text).toContain(`"step":${step}`);
  expect(huge.body.metrics[0].value).toBe(Number.MAX_VALUE);
  const { data } = (await ask("GET", `runs/get?run_id=${runId}`)).body.run;
  expect(data.params).toEqual([{ key: "lr", value: "5e-05" }]);
  expect(data.tags).toContainEqual({ key: "note", value: "x" });
  const keys = await olga.query<MetricKey[]>("metric.keys", { jobId: job.jobId });
  expect(keys.find((k) => k.key === "loss")).toMatchObject({
    points: 2,
    latest: { step: 5, value: null },
  });
  const [series] = await olga.query<MetricSeries[]>("metric.read", {
    jobIds: [job.jobId],
    keys: ["loss"],
  });
  expect(series).toMatchObject({ steps: [4, 5], values: [0.1, null] });
});

test("a member looks at a run and writes nothing into it, whoever submitted the job", async () => {
  const { edge, olga, job, token } = await aTraining();
  const ada = await anInvited(edge, olga, "Ada", "engineer", "operator");
  const [, cookie = ""] = /session_token=([^;]+)/.exec(ada.headers["cookie"] ?? "") ?? [];
  const session = decodeURIComponent(cookie);
  const run = { run_id: job.runId };
  const loss = (value: number) => ({ key: "loss", value, timestamp: 1, step: 1 });
  await call(edge, token, "POST", "runs/log-batch", { ...run, metrics: [loss(0.5)] });
  for (const [path, body] of [
    ["runs/log-batch", { ...run, metrics: [loss(0.0001)] }],
    ["runs/log-metric", { ...run, ...loss(0.0001) }],
    ["runs/update", { ...run, status: "FAILED" }],
  ] as const) {
    const refused = await call(edge, session, "POST", path, body);
    expect([path, refused.status, refused.body.error_code]).toEqual([
      path,
      403,
      "PERMISSION_DENIED",
    ]);
  }
  const seen = await call(edge, session, "GET", `runs/get?run_id=${job.runId}`);
  expect(seen.body.run.info.status).toBe("RUNNING");
  expect(seen.body.run.data.metrics).toMatchObject([{ key: "loss", value: 0.5 }]);
});

test("a history is paged by tokens that stay good while points arrive", async () => {
  const { edge, job, token } = await aTraining();
  const log = (from: number, n: number) =>
    call(edge, token, "POST", "runs/log-batch", {
      run_id: job.runId,
      metrics: Array.from({ length: n }, (_, i) => ({
        key: "loss",
        value: from + i,
        timestamp: from + i,
        step: from + i,
      })),
    });
  await log(0, 10);
  const seen: number[] = [];
  let page = "";
  for (let pages = 0; pages < 10; pages++) {
    const { body } = await call(
      edge,
      token,
      "GET",
      `metrics/get-history?run_id=${job.runId}&metric_key=loss&max_results=4&page_token=${page}`,
    );
    seen.push(...body.metrics.map((m: { step: number }) => m.step));
    if (pages === 0) await log(100, 2);
    page = body.next_page_token ?? "";
    if (page === "") break;
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 101]);
});

test("params never change, and a batch that changes one is refused for good; a later attempt may say its own again", async () => {
  const { edge, job, token } = await aTraining();
  const log = (value: string) =>
    call(edge, token, "POST", "runs/log-parameter", { run_id: job.runId, key: "lr", value });
  expect((await log("1e-4")).status).toBe(200);
  expect((await log("1e-4")).status).toBe(200);
  const changed = await log("2e-4");
  expect(changed).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
  expect(changed.body.message).toContain(
    "Param with key='lr' was already logged with value='1e-4'",
  );
  const { token: resumed } = await job.attempt(2);
  const params = [{ key: "lr", value: "3e-4" }];
  const again = await call(edge, resumed, "POST", "runs/log-batch", { run_id: job.runId, params });
  expect(again.status).toBe(200);
  const { run } = (await call(edge, resumed, "GET", `runs/get?run_id=${job.runId}`)).body;
  expect(run.data.params).toEqual([{ key: "lr", value: "1e-4" }]);
});

test("a token reaches its own job's run only, and only while its attempt is the newest", async () => {
  const { edge, job, token, organizationId } = await aTraining();
  const other = await aRunningJob(edge, organizationId);
  const point = { key: "loss", value: 1, timestamp: 1, step: 1 };
  const log = (bearer: string, runId: string) =>
    call(edge, bearer, "POST", "runs/log-metric", { run_id: runId, ...point });
  const refusal = { status: 403, body: { error_code: "PERMISSION_DENIED" } };
  expect(await log(token, other.runId)).toMatchObject(refusal);
  expect(await call(edge, token, "GET", `runs/get?run_id=${other.runId}`)).toMatchObject(refusal);
  const second = await job.attempt(2);
  expect(await log(token, job.runId)).toMatchObject(refusal);
  expect((await log(second.token, job.runId)).status).toBe(200);
  await job.end("succeeded");
  expect(await log(second.token, job.runId)).toMatchObject(refusal);
  expect((await log("nonsense", job.runId)).status).toBe(401);
});

test.each([
  ["a metric without a name", { metrics: [{ value: 1, timestamp: 1 }] }, "metrics.0.key"],
  [
    "a key that climbs out",
    { metrics: [{ key: "../x", value: 1, timestamp: 1 }] },
    "metrics.0.key",
  ],
  [
    "a value that is a word",
    { metrics: [{ key: "x", value: "high", timestamp: 1 }] },
    "metrics.0.value",
  ],
  [
    "more than a hundred params",
    { params: Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, value: "1" })) },
    "100 params",
  ],
  [
    "more than a thousand metrics",
    { metrics: Array.from({ length: 1001 }, () => ({ key: "x", value: 1, timestamp: 1 })) },
    "1000 metrics",
  ],
])("%s is refused by its field and nothing is written", async (_name, body, words) => {
  const { edge, job, token } = await aTraining();
  const answer = await call(edge, token, "POST", "runs/log-batch", {
    run_id: job.runId,
    tags: [{ key: "t", value: "v" }],
    ...body,
  });
  expect(answer).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
  expect(answer.body.message).toContain(words);
  const { run } = (await call(edge, token, "GET", `runs/get?run_id=${job.runId}`)).body;
  expect(run.data).toEqual({ metrics: [], params: [], tags: [] });
});

test("routes of later are answered in MLflow's own words", async () => {
  const { edge, token } = await aTraining();
  expect(await call(edge, token, "POST", "runs/search", {})).toMatchObject({
    status: 404,
    body: { error_code: "ENDPOINT_NOT_FOUND" },
  });
  expect(await call(edge, token, "POST", "runs/log-batch", "{nonsense")).toMatchObject({
    status: 400,
    body: { error_code: "BAD_REQUEST" },
  });
  expect(await (await fetch(`${edge.url}/health`)).text()).toBe("OK");
});
