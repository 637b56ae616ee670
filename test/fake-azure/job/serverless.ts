import { Refusal, userError } from "../answer.ts";
import { isAtWork } from "../arm/compute-nodes.ts";
import { familyLimitCores, findSize, lowPriorityLimitCores, type VmSize } from "../arm/vm-size.ts";
import type { World } from "../world.ts";
import { commandOf, shapeOf, type CommandJob } from "./command.ts";

/** Machines a job without a cluster gets for itself. */
export interface ServerlessMachines {
  readonly size: VmSize;
  readonly spot: boolean;
  readonly cores: number;
}

/** null for a job of a cluster. */
export function serverlessOf(job: CommandJob): ServerlessMachines | null {
  const size = findSize(job.resources?.instanceType ?? "");
  if (job.computeId || size === null) return null;
  const spot = job.queueSettings?.jobTier === "Spot";
  return { size, spot, cores: shapeOf(job).nodes * size.vCPUs };
}

/** What the service refuses of a job without a cluster. */
export function checkServerless(world: World, job: CommandJob): void {
  const name = job.resources?.instanceType;
  if (!name) throw userError("A job without a compute target needs resources.instanceType.");
  const machines = serverlessOf(job);
  if (machines === null)
    throw new Refusal(
      400,
      "InvalidVMSize",
      `The specified VM size ${name} is not valid or not supported in ${world.names.region}.`,
    );
  const limit = limitCores(machines);
  if (machines.cores > limit)
    throw new Refusal(
      400,
      "ClusterCoreQuotaReached",
      `Operation results in exceeding quota limits of resource type AmlCompute. Maximum allowed: ${limit}, Additional requested: ${machines.cores}.`,
    );
}

/** Whether the cores it needs are free now, beside what other serverless jobs hold. */
export function hasRoom(world: World, id: string, job: CommandJob): boolean {
  const machines = serverlessOf(job);
  if (machines === null) return true;
  const { spot, size, cores } = machines;
  return usedServerless(world, spot, spot ? null : size.family, id) + cores <= limitCores(machines);
}

const limitCores = ({ spot }: ServerlessMachines): number =>
  spot ? lowPriorityLimitCores : familyLimitCores;

/** Cores of serverless jobs at work, of one family or, without one, of all. */
export function usedServerless(
  world: World,
  spot: boolean,
  family: string | null,
  except?: string,
): number {
  let used = 0;
  for (const job of world.state.jobs.all()) {
    if (job.id === except || !isAtWork(job)) continue;
    const machines = serverlessOf(commandOf(job));
    if (machines?.spot !== spot || (family !== null && machines.size.family !== family)) continue;
    used += machines.cores;
  }
  return used;
}
