import { z } from "zod";
import type { JobDocument, ResourceDocument } from "../state.ts";
import type { World } from "../world.ts";
import { commandOf, shapeOf } from "../job/command.ts";

const Scale = z.looseObject({
  maxNodeCount: z.number().int().nonnegative(),
  minNodeCount: z.number().int().nonnegative().optional(),
  nodeIdleTimeBeforeScaleDown: z.string().optional(),
});
export const AmlCompute = z.looseObject({
  location: z.string().optional(),
  properties: z.looseObject({
    computeType: z.literal("AmlCompute"),
    properties: z.looseObject({
      vmSize: z.string(),
      vmPriority: z.enum(["Dedicated", "LowPriority"]).optional(),
      scaleSettings: Scale,
    }),
  }),
});
export type AmlCompute = z.infer<typeof AmlCompute>;

export const clusterOf = (compute: ResourceDocument): AmlCompute => AmlCompute.parse(compute.body);

export const maximumNodes = (compute: ResourceDocument): number =>
  clusterOf(compute).properties.properties.scaleSettings.maxNodeCount;

export interface BusyNode {
  readonly job: string;
  readonly node: number;
}

/** A job holds its nodes from its start until it is over. */
export function busyNodes(world: World, computeName: string): BusyNode[] {
  return world.state.jobs
    .all()
    .filter(isAtWork)
    .filter((job) => commandOf(job).computeId?.split("/").at(-1) === computeName)
    .flatMap((job) =>
      Array.from({ length: shapeOf(commandOf(job)).nodes }, (_, node) => ({ job: job.id, node })),
    );
}

export const isAtWork = ({ status, processes }: JobDocument): boolean =>
  status === "Running" ||
  status === "Finalizing" ||
  (status === "CancelRequested" && processes.length > 0);
