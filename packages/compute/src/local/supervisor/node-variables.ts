import { join } from "node:path";
import type { AttemptSpec } from "../../provider.ts";
import { inheritedByPrograms } from "../inherited.ts";
import type { AttemptLayout } from "../layout.ts";
import { attemptVariable } from "../members.ts";
import type { Placement } from "./node-argv.ts";

export interface Machine {
  readonly cpuCores: number;
  /** Name of the loopback interface; nodes of one machine talk over it even where its host name does not resolve. */
  readonly loopback: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Everything one node's program sees. What the contract promises wins over the job's own variables, those over the machine's. */
export function nodeVariables(
  layout: AttemptLayout,
  spec: AttemptSpec,
  placement: Placement,
  machine: Machine,
): Record<string, string> {
  return {
    ...inheritedByPrograms(machine.variables),
    ...defaults(spec, machine),
    ...spec.environment,
    ...spec.secrets,
    ...places(layout, spec),
    ...(spec.distribution === "pytorch" ? torchrun(spec, placement) : {}),
    NODE_RANK: String(placement.node),
    PRECEPTOR_ATTEMPT_ID: layout.attemptId,
    [attemptVariable]: layout.root,
  };
}

function defaults(spec: AttemptSpec, { cpuCores, loopback }: Machine): Record<string, string> {
  const programs = spec.nodes * spec.processesPerNode;
  return {
    HF_HUB_OFFLINE: "1",
    TRANSFORMERS_OFFLINE: "1",
    HF_DATASETS_OFFLINE: "1",
    TOKENIZERS_PARALLELISM: "false",
    PYTHONUNBUFFERED: "1",
    OMP_NUM_THREADS: String(Math.max(1, Math.floor(cpuCores / programs))),
    GLOO_SOCKET_IFNAME: loopback,
    NCCL_SOCKET_IFNAME: loopback,
  };
}

function places(layout: AttemptLayout, spec: AttemptSpec): Record<string, string> {
  const inputs = Object.keys(spec.inputs).map((name) => [
    `PRECEPTOR_INPUT_${name.toUpperCase().replaceAll("-", "_")}`,
    join(layout.inputs, name),
  ]);
  return {
    PRECEPTOR_PARAMETERS: layout.parameters,
    PRECEPTOR_CHECKPOINT_DIR: layout.checkpoints,
    PRECEPTOR_OUTPUT_DIR: layout.outputs,
    ...Object.fromEntries(inputs),
    ...(spec.resumeFrom
      ? { PRECEPTOR_RESUME_FROM: join(layout.resume, spec.resumeFrom.name) }
      : {}),
  };
}

/** The variables torchrun would set; with more processes a node it sets them itself, from its arguments. */
function torchrun(spec: AttemptSpec, { node, masterPort }: Placement): Record<string, string> {
  if (spec.processesPerNode > 1) return {};
  return {
    MASTER_ADDR: "127.0.0.1",
    MASTER_PORT: String(masterPort),
    RANK: String(node),
    WORLD_SIZE: String(spec.nodes),
    LOCAL_RANK: "0",
    LOCAL_WORLD_SIZE: "1",
  };
}
