import type { Job, Me } from "@preceptor/domain";
import { expect, test } from "vitest";
import { aRunningJob } from "../testing/a-job.ts";
import { anEdge, setUp } from "../testing/an-edge.ts";

async function aWatched() {
  const edge = await anEdge();
  const olga = await setUp(edge);
  const { organization } = await olga.query<Me>("access.me");
  const job = await aRunningJob(edge, organization?.id ?? "");
  const { token } = await job.attempt();
  const log = (step: number) =>
    fetch(`${edge.url}/api/2.0/mlflow/runs/log-metric`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ run_id: job.runId, key: "loss", value: 1, timestamp: step, step }),
    });
  return { edge, olga, job, log };
}

test("a watched job is told at once and again when it changes, and the stream ends with the job", async () => {
  const { olga, job } = await aWatched();
  const seen: string[] = [];
  for await (const { event, data } of olga.stream("job.watch", { id: job.jobId })) {
    if (event === "return") break;
    if (event !== undefined) continue;
    const { status }: Job = JSON.parse(data);
    seen.push(status);
    if (status === "running") await job.end("succeeded");
  }
  expect(seen).toEqual(["running", "succeeded"]);
});

test("new points are told within a poll, and a stream taken up again does not repeat what was said", async () => {
  const { olga, job, log } = await aWatched();
  await log(1);
  let last: string | undefined;
  let told = 0;
  for await (const { event, id, data } of olga.stream("metric.watch", { jobIds: [job.jobId] })) {
    if (event !== undefined) continue;
    expect(JSON.parse(data)).toEqual({ jobId: job.jobId });
    last = id;
    if (++told === 2) break;
    await log(2);
  }
  const again = olga.stream("metric.watch", { jobIds: [job.jobId], lastEventId: last });
  const first = (async () => {
    for await (const { event, id } of again) if (event === undefined) return id;
    return undefined;
  })();
  await log(3);
  expect(Number(await first)).toBeGreaterThan(Number(last));
});
