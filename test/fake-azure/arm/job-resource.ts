import { commandOf } from "../job/command.ts";
import { artifactPrefix } from "../job/folders.ts";
import { workspacePath } from "../names.ts";
import type { JobDocument, Wire } from "../state.ts";
import type { World } from "../world.ts";
import { resource } from "./resource.ts";

/** A job as ARM answers it: what was sent, and what the service adds. */
export function jobResource(world: World, job: JobDocument): object {
  const { names, origin } = world;
  const command = commandOf(job);
  const outputs = {
    default: {
      jobOutputType: "uri_folder",
      mode: "ReadWriteMount",
      uri: `azureml://datastores/${names.artifactDatastore}/paths/${artifactPrefix(job)}`,
    },
    ...command.outputs,
  };
  const service = (jobServiceType: string, endpoint: string): object => ({
    jobServiceType,
    endpoint,
    status: null,
    errorMessage: null,
    port: null,
    properties: null,
  });
  const modifiedAt = job.history.at(-1)?.at ?? job.createdAt;
  return resource(
    world,
    `/jobs/${job.id}`,
    { createdAt: job.createdAt, modifiedAt },
    {
      properties: {
        isArchived: false,
        ...command,
        displayName: command.displayName ?? job.id,
        experimentName: command.experimentName ?? "Default",
        tags: command.tags ?? {},
        properties: { _azureml: "fake", ...(command["properties"] as Wire | undefined) },
        outputs,
        parameters: {},
        services: {
          Tracking: service(
            "Tracking",
            `azureml://${new URL(origin).host}/mlflow/v1.0${workspacePath(names)}`,
          ),
          Studio: service("Studio", `${origin}/studio/runs/${job.id}`),
        },
        status: job.status,
      },
    },
  );
}
