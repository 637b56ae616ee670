import { Refusal, userError } from "../answer.ts";
import { idOf } from "../arm/reference.ts";
import { maximumNodes } from "../arm/compute-nodes.ts";
import { placeOf } from "../blob-uri.ts";
import type { World } from "../world.ts";
import { checkServerless } from "./serverless.ts";
import { fillCommand, shapeOf, type CommandJob } from "./command.ts";

/** What the service refuses before it takes a job. */
export function checkJob(world: World, job: CommandJob): void {
  const { environments, codes } = world.state;
  if (environments.get(idOf(job.environmentId)) === undefined)
    throw userError(`The environment ${job.environmentId} does not exist.`);
  if (job.codeId && codes.get(idOf(job.codeId)) === undefined)
    throw userError(`The code asset ${job.codeId} does not exist.`);
  if (job.resources?.shmSize && !/^\d+[bBkKmMgG]$/.test(job.resources.shmSize))
    throw userError("resources.shmSize has to be a number followed by b, k, m or g.");
  checkData(world, job);
  checkCompute(world, job);
}

function checkData(world: World, { command, inputs, outputs }: CommandJob): void {
  for (const [name, input] of Object.entries(inputs ?? {}))
    if (input.jobInputType === "literal") {
      if (typeof input.value !== "string") throw userError(`The input ${name} has no value.`);
    } else if (!input.uri) throw userError(`The uri of the input ${name} is required.`);
    else placeOf(world, input.uri);
  for (const output of Object.values(outputs ?? {})) if (output.uri) placeOf(world, output.uri);
  const names = (record: object | null | undefined): Record<string, string> =>
    Object.fromEntries(Object.keys(record ?? {}).map((name) => [name, name]));
  fillCommand(command, { inputs: names(inputs), outputs: { default: "", ...names(outputs) } });
}

function checkCompute(world: World, job: CommandJob): void {
  if (!job.computeId) return checkServerless(world, job);
  const name = job.computeId.split("/").at(-1) ?? "";
  const compute = world.state.computes.get(name);
  if (compute === undefined)
    throw new Refusal(
      404,
      "ComputeNotFound",
      `The specified compute target ${name} was not found.`,
    );
  const { nodes } = shapeOf(job);
  if (nodes > maximumNodes(compute))
    throw userError(
      `The requested number of nodes, ${nodes}, is more than the maximum of the compute target ${name}.`,
    );
}
