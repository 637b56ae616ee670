import { notFound, ok } from "../answer.ts";
import { commandOf } from "../job/command.ts";
import { artifactPrefix } from "../job/folders.ts";
import { since } from "../job/status.ts";
import { workspacePath } from "../names.ts";
import type { FakeRequest, Routes } from "../router.ts";
import type { JobDocument } from "../state.ts";
import type { World } from "../world.ts";

/** The run history service: another service than ARM, with its own words for the same run. */
export const historyRoutes = (world: World): Routes => {
  const details = async (request: FakeRequest) => ok(await runDetails(world, request));
  return {
    "GET /runs/:run/details": details,
    "GET /experiments/:experiment/runs/:run/details": details,
    "GET /experimentids/:experiment/runs/:run/details": details,
  };
};

export const historyPath = (world: World): string => `/history/v1\\.0${workspacePath(world.names)}`;

async function runDetails(world: World, { params }: FakeRequest): Promise<object> {
  const job = world.state.jobs.get(params["run"] ?? "");
  if (job === undefined) throw notFound(`run ${params["run"]}`);
  const command = commandOf(job);
  const over = job.history.at(-1);
  const ended = over && /^(Completed|Failed|Canceled)$/.test(over.status) ? over.at : null;
  return {
    runId: job.id,
    target: command.computeId?.split("/").at(-1) ?? "serverless",
    status: job.status,
    startTimeUtc: since(job, "Running"),
    endTimeUtc: ended,
    services: {},
    warnings: job.warnings.map((message) => ({ source: "JobService", message })),
    error: job.error === null ? null : runError(world, job, job.error, ended),
    properties: {
      ContentSnapshotId: job.id,
      ProcessStatusFile: "azureml-logs/process_status.json",
    },
    inputDatasets: [],
    outputDatasets: [],
    runDefinition: null,
    logFiles: await logFiles(world, job),
    jobCost: null,
    revision: job.history.length,
    submittedBy: "Preceptor",
  };
}

/** Links to every log of the run, whichever start of it wrote it. */
async function logFiles(world: World, job: JobDocument): Promise<Record<string, string>> {
  const { artifactContainer } = world.names;
  const prefix = artifactPrefix(job);
  const links: Record<string, string> = {};
  for await (const { name } of world.blobs.container(artifactContainer).listBlobsFlat({ prefix })) {
    const path = name.slice(prefix.length);
    if (/(^|\/)(user_logs|azureml-logs|system_logs)\//.test(path))
      links[path] = world.blobs.readLink(artifactContainer, name);
  }
  return links;
}

type JobError = NonNullable<JobDocument["error"]>;

/** The service's outer code says whose fault it was; the inner one says what. */
function runError(world: World, job: JobDocument, error: JobError, time: string | null): object {
  const service = error.code === "ServiceError" || error.code === "PreemptionError";
  return {
    error: {
      code: service ? "ServiceError" : "UserError",
      severity: null,
      message: error.message,
      messageFormat: null,
      messageParameters: {},
      referenceCode: null,
      detailsUri: null,
      target: null,
      details: [],
      innerError: { code: error.code, innerError: null },
      debugInfo: null,
      additionalInfo: null,
    },
    correlation: { operation: job.id, request: job.id },
    environment: world.names.region,
    location: world.names.region,
    time,
    componentName: "execution-worker",
  };
}
