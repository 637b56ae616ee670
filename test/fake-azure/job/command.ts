import { z } from "zod";
import { userError } from "../answer.ts";
import type { JobDocument } from "../state.ts";

const Named = z.looseObject({
  jobInputType: z.string().optional(),
  jobOutputType: z.string().optional(),
  uri: z.string().nullish(),
  value: z.string().nullish(),
  mode: z.string().nullish(),
});

/** What a run reads of a command job; everything else is only kept and given back. */
export const CommandJob = z.looseObject({
  jobType: z.literal("Command"),
  command: z.string().min(1),
  environmentId: z.string().min(1),
  codeId: z.string().nullish(),
  computeId: z.string().nullish(),
  displayName: z.string().nullish(),
  experimentName: z.string().nullish(),
  tags: z.record(z.string(), z.string().nullable()).nullish(),
  inputs: z.record(z.string(), Named).nullish(),
  outputs: z.record(z.string(), Named).nullish(),
  environmentVariables: z.record(z.string(), z.string()).nullish(),
  limits: z.looseObject({ timeout: z.string().nullish() }).nullish(),
  distribution: z
    .looseObject({
      distributionType: z.string(),
      processCountPerInstance: z.number().int().positive().nullish(),
    })
    .nullish(),
  resources: z
    .looseObject({
      instanceCount: z.number().int().positive().nullish(),
      instanceType: z.string().nullish(),
      shmSize: z.string().nullish(),
    })
    .nullish(),
  queueSettings: z
    .looseObject({ jobTier: z.enum(["Null", "Spot", "Basic", "Standard", "Premium"]).nullish() })
    .nullish(),
});
export type CommandJob = z.infer<typeof CommandJob>;

const Body = z.looseObject({ properties: CommandJob });

export function readCommand(body: unknown): CommandJob {
  const parsed = Body.safeParse(body);
  if (parsed.success) return parsed.data.properties;
  const [issue] = parsed.error.issues;
  throw userError(`The job is not valid: ${issue?.path.join(".")}: ${issue?.message}.`);
}

const read = new WeakMap<object, CommandJob>();

/** Read once: a list of ten thousand jobs is asked for page by page. */
export function commandOf({ body }: JobDocument): CommandJob {
  const command = read.get(body) ?? readCommand(body);
  read.set(body, command);
  return command;
}

export interface Shape {
  readonly nodes: number;
  readonly perNode: number;
  readonly kind: "PyTorch" | "Mpi" | "none";
}

/** Without a distribution only the first node runs the command; PyTorch without a count is one process a node. */
export function shapeOf({ distribution, resources }: CommandJob): Shape {
  const nodes = resources?.instanceCount ?? 1;
  const perNode = distribution?.processCountPerInstance ?? 1;
  const type = distribution?.distributionType ?? "";
  if (/^pytorch$/i.test(type)) return { nodes, perNode, kind: "PyTorch" };
  return /^mpi$/i.test(type)
    ? { nodes, perNode, kind: "Mpi" }
    : { nodes, perNode: 1, kind: "none" };
}

const hole = /\$\{\{\s*(inputs|outputs)\.([\w-]+)\s*\}\}/g;

/** The command with `${{inputs.x}}` and `${{outputs.x}}` filled in; refuses a name the job does not have. */
export function fillCommand(
  command: string,
  values: { inputs: Readonly<Record<string, string>>; outputs: Readonly<Record<string, string>> },
): string {
  return command.replaceAll(hole, (_, side: "inputs" | "outputs", name: string) => {
    const value = values[side][name];
    if (value === undefined)
      throw userError(
        `The command uses ${side}.${name} and the job has no such ${side.slice(0, -1)}.`,
      );
    return value;
  });
}
