import { networkInterfaces } from "node:os";
import { inheritedByPrograms } from "@preceptor/python-environment";
import { workspacePath } from "../names.ts";
import { cores } from "../options.ts";
import type { JobDocument } from "../state.ts";
import type { World } from "../world.ts";
import { commandOf, shapeOf } from "./command.ts";
import { runFolders } from "./folders.ts";

export interface Place {
  readonly node: number;
  readonly local: number;
}

/** Everything one process of a run sees: the node's, then Azure's, then the job's own variables. */
export function runVariables(
  world: World,
  job: JobDocument,
  place: Place,
  bin: string,
): Record<string, string> {
  const command = commandOf(job);
  return {
    ...machine(bin, shapeOf(command).nodes * shapeOf(command).perNode),
    ...azure(world, job),
    ...distribution(job, place),
    ...command.environmentVariables,
  };
}

/** By this every process of one start of a run is found again, whatever group it is in. A run's id is not enough: on this machine several services may each have a run of that name. */
export const runVariable = "FAKE_AZURE_RUN_FOLDER";

function machine(bin: string, processes: number): Record<string, string> {
  const inherited = inheritedByPrograms(process.env);
  const loopback = Object.entries(networkInterfaces()).find(([, addresses]) =>
    addresses?.some((address) => address.internal),
  );
  return {
    ...inherited,
    PATH: `${bin}:${inherited["PATH"] ?? "/usr/bin:/bin"}`,
    OMP_NUM_THREADS: String(Math.max(1, Math.floor(cores() / processes))),
    GLOO_SOCKET_IFNAME: loopback?.[0] ?? "lo",
    NCCL_SOCKET_IFNAME: loopback?.[0] ?? "lo",
  };
}

function azure(world: World, job: JobDocument): Record<string, string> {
  const { names, origin } = world;
  const command = commandOf(job);
  const { nodes } = shapeOf(command);
  const mlflow = `azureml://${new URL(origin).host}/mlflow/v1.0${workspacePath(names)}`;
  const experiment = command.experimentName ?? "Default";
  return {
    AZUREML_RUN_ID: job.id,
    [runVariable]: runFolders(world, job).root,
    AZUREML_ARM_SUBSCRIPTION: names.subscriptionId,
    AZUREML_ARM_RESOURCEGROUP: names.resourceGroup,
    AZUREML_ARM_WORKSPACE_NAME: names.workspace,
    AZUREML_ARM_PROJECT_NAME: experiment,
    AZUREML_EXPERIMENT_SCOPE: `${workspacePath(names)}/experiments/${experiment}`,
    AZUREML_NODE_COUNT: String(nodes),
    AZUREML_SERVICE_ENDPOINT: origin,
    MLFLOW_TRACKING_URI: mlflow,
    MLFLOW_RUN_ID: job.id,
    MLFLOW_EXPERIMENT_NAME: experiment,
  };
}

function distribution(job: JobDocument, { node, local }: Place): Record<string, string> {
  const { nodes, perNode, kind } = shapeOf(commandOf(job));
  const rank = String(node * perNode + local);
  const world = String(nodes * perNode);
  const master = { MASTER_ADDR: "127.0.0.1", MASTER_PORT: String(job.masterPort) };
  const batch = {
    AZ_BATCHAI_JOB_MASTER_NODE_IP: "127.0.0.1",
    AZ_BATCH_MASTER_NODE: `127.0.0.1:${job.masterPort}`,
  };
  if (kind === "PyTorch")
    return {
      ...master,
      ...batch,
      NODE_RANK: String(node),
      RANK: rank,
      LOCAL_RANK: String(local),
      WORLD_SIZE: world,
      LOCAL_WORLD_SIZE: String(perNode),
    };
  if (kind === "Mpi")
    return {
      ...master,
      ...batch,
      OMPI_COMM_WORLD_RANK: rank,
      OMPI_COMM_WORLD_SIZE: world,
      OMPI_COMM_WORLD_LOCAL_RANK: String(local),
      OMPI_COMM_WORLD_LOCAL_SIZE: String(perNode),
    };
  return { ...batch, NODE_RANK: String(node) };
}
