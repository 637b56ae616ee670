import { execFile } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Me, MetricKey } from "@preceptor/domain";
import { expect, test } from "vitest";
import { aRunningJob } from "../testing/a-job.ts";
import { anEdge, setUp } from "../testing/an-edge.ts";

const run = promisify(execFile);
/** Interpreters that may have the client: the one jobs run on, one that is told, the machine's. */
async function pythonWithClient(): Promise<string | null> {
  const told = process.env.PRECEPTOR_TEST_PYTHON;
  const candidates = [
    told,
    ...globSync(join(".data", "work", "environments", "*", "bin", "python")),
    "python3",
  ];
  for (const python of candidates) {
    if (!python || (python.includes("/") && !existsSync(python))) continue;
    const found = await run(python, ["-c", "import mlflow"]).then(
      () => true,
      () => false,
    );
    if (found) return python;
  }
  return null;
}
const python = await pythonWithClient();

const script = `
import math, os, mlflow
from mlflow.entities import Metric, Param, RunTag
mlflow.set_experiment(os.environ["MLFLOW_EXPERIMENT_NAME"])
with mlflow.start_run() as run:
    mlflow.log_params({"lr": 5e-05, "optim": "adamw_torch_fused"})
    for step in range(3):
        mlflow.log_metrics({"loss": 1.0 / (step + 1), "epoch": step / 2}, step=step)
    mlflow.log_metric("broken", math.nan, step=1)
    mlflow.set_tag("note", "synthetic")
client = mlflow.MlflowClient()
client.log_batch(run.info.run_id, metrics=[Metric("acc", math.inf, 1, 2**53 + 1)], params=[Param("p", "v")], tags=[RunTag("t", "v")])
history = client.get_metric_history(run.info.run_id, "loss")
assert [(m.step, m.value) for m in history] == [(0, 1.0), (1, 0.5), (2, 1.0 / 3)], history
assert client.get_metric_history(run.info.run_id, "acc")[0].step == 2**53 + 1
back = client.get_run(run.info.run_id)
assert math.isnan(back.data.metrics["broken"]) and back.data.params["optim"] == "adamw_torch_fused"
assert back.info.status == "FINISHED" and back.data.tags["note"] == "synthetic"
print("client content")
`;

test.skipIf(python === null)(
  "the real MLflow client logs a run and reads it back (skipped where Python has no mlflow)",
  async () => {
    const edge = await anEdge();
    const olga = await setUp(edge);
    const { organization } = await olga.query<Me>("access.me");
    const job = await aRunningJob(edge, organization?.id ?? "");
    const { token } = await job.attempt();
    const { stdout } = await run(python ?? "", ["-c", script], {
      env: {
        PATH: process.env.PATH,
        HOME: tmpdir(),
        MLFLOW_TRACKING_URI: edge.url,
        MLFLOW_TRACKING_TOKEN: token,
        MLFLOW_RUN_ID: job.runId,
        MLFLOW_EXPERIMENT_NAME: "fine-tune",
        MLFLOW_HTTP_REQUEST_MAX_RETRIES: "0",
      },
      timeout: 60_000,
    });
    expect(stdout).toContain("client content");
    const keys = await olga.query<MetricKey[]>("metric.keys", { jobId: job.jobId });
    expect(keys.map((k) => k.key)).toEqual(["acc", "broken", "epoch", "loss"]);
  },
  90_000,
);
