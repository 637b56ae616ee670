import type { Experiment, Point, Run, RunDetail } from "@preceptor/services";

/** Our rows as the client's protobuf-shaped JSON. Artifacts have no address here yet. */
export const runInfo = (run: Run) => ({
  run_id: run.id,
  run_uuid: run.id,
  run_name: run.name,
  experiment_id: run.experimentId,
  user_id: run.userId,
  status: run.status,
  start_time: run.startedAt?.getTime() ?? 0,
  ...(run.endedAt ? { end_time: run.endedAt.getTime() } : {}),
  lifecycle_stage: run.lifecycle,
  artifact_uri: `mlflow-artifacts:/${run.experimentId}/${run.id}/artifacts`,
});

export const metricOnWire = ({ key, value, timestampMs, step }: Point) => ({
  key,
  value,
  timestamp: timestampMs,
  step,
});

export const runOnWire = ({ run, latest, params, tags }: RunDetail) => ({
  info: runInfo(run),
  data: { metrics: latest.map(metricOnWire), params, tags },
  inputs: {},
});

export const experimentOnWire = ({ id, name, createdAt }: Experiment) => ({
  experiment_id: id,
  name,
  artifact_location: `mlflow-artifacts:/${id}`,
  lifecycle_stage: "active",
  creation_time: createdAt.getTime(),
  last_update_time: createdAt.getTime(),
  tags: [],
});
