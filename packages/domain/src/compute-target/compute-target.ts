import { z } from "zod";
import { durationMs } from "../duration.ts";
import { Name } from "../id.ts";
import { AzureMlSettings } from "./azure-ml/settings.ts";
import { distributions, type Distribution } from "./distribution.ts";
import { ImageName } from "./image.ts";
import {
  chooseImage,
  chooseMachine,
  imagesAt,
  machinesAt,
  type ChoiceFault,
  type Machine,
  type MachineWish,
} from "./machine.ts";
import { findPrice, InstanceTypeName, tiers, type NodePrice, type Tier } from "./price.ts";

export const providerNames = ["local", "azure-ml"] as const;
export type ProviderName = (typeof providerNames)[number];

export const ComputeTargetSettings = z.strictObject({
  maxNodes: z.number().int().min(1).max(512),
  maxProcessesPerNode: z.number().int().min(1).max(64),
  /** Disk an attempt may fill with checkpoints and outputs. */
  diskQuotaBytes: z.number().int().positive(),
  /** Log bytes kept for each process; what is printed past it is counted, not kept. */
  logLimitBytes: z.number().int().positive(),
  azure: AzureMlSettings.optional(),
});
export type ComputeTargetSettings = z.infer<typeof ComputeTargetSettings>;

export const DefineComputeTarget = z
  .strictObject({
    name: Name,
    provider: z.enum(providerNames),
    settings: ComputeTargetSettings,
  })
  .superRefine(({ provider, settings }, context) => {
    const path = ["settings", "azure"];
    if (provider === "azure-ml" && settings.azure === undefined)
      context.addIssue({
        code: "custom",
        path,
        message: "is missing: say which workspace and cluster this target is",
      });
    if (provider !== "azure-ml" && settings.azure !== undefined)
      context.addIssue({ code: "custom", path, message: `a ${provider} target has no such field` });
  });
export type DefineComputeTarget = z.infer<typeof DefineComputeTarget>;

export const TargetName = z.strictObject({ target: Name });
export type TargetName = z.infer<typeof TargetName>;
export const CheckComputeTarget = TargetName.extend({
  /** Nodes that must be possible at once; the target's most when left out. */
  nodes: z.number().int().min(1).max(512).optional(),
  /** What a job would name; everything that may be chosen is looked at when all three are left out. */
  instanceType: InstanceTypeName.optional(),
  tier: z.enum(tiers).optional(),
  image: ImageName.optional(),
});
export type CheckComputeTarget = z.infer<typeof CheckComputeTarget>;

export interface ComputeTarget {
  readonly id: string;
  readonly name: string;
  readonly provider: ProviderName;
  readonly settings: ComputeTargetSettings;
  readonly createdAt: Date;
}

/** What an operator says this target's machines cost; empty where nobody said. */
export const pricesOf = ({ azure }: ComputeTargetSettings): readonly NodePrice[] =>
  azure?.prices ?? [];

/** How long an attempt handed over there may wait before its processes begin, where the target bounds that. */
export const longestWaitMs = ({ azure }: ComputeTargetSettings): number =>
  azure === undefined
    ? 0
    : (durationMs(azure.deadlines.preparing) ?? 0) + (durationMs(azure.deadlines.queued) ?? 0);

const dayMs = 24 * 3_600_000;
/** Azure Machine Learning ends a job after this long whatever its time limit says. */
const azureLifetimeDays: Readonly<Record<Tier, number>> = { dedicated: 21, spot: 7 };

/** How long an attempt may run there at most; null where nothing but its own time limit ends it. */
export const longestRunMs = ({ azure }: ComputeTargetSettings, tier: Tier): number | null =>
  azure === undefined ? null : azureLifetimeDays[tier] * dayMs;

/** The machines of jobs that name none, where they are known here; null where only the provider can say. */
export const instanceTypeOf = ({ azure }: ComputeTargetSettings): string | null =>
  azure ? machinesAt(azure)[0].instanceType : null;

/** What a job may choose there, the default first; empty where there is nothing to choose. */
export const machineChoices = ({ azure }: ComputeTargetSettings): readonly Machine[] =>
  azure ? machinesAt(azure) : [];
export const imageChoices = ({ azure }: ComputeTargetSettings): readonly string[] =>
  azure ? imagesAt(azure) : [];

/** What a job names beside how many nodes and processes it wants. */
export interface Choice extends MachineWish {
  readonly image?: string | undefined;
}
/** What a job's choice comes to at a target called `name`; `machine` and `image` are null where the target has neither. */
export function choose(
  name: string,
  { azure }: ComputeTargetSettings,
  wish: Choice,
): { readonly machine: Machine | null; readonly image: string | null } | ChoiceFault[] {
  if (azure === undefined) {
    const faults = (
      [
        ["instanceType", "machine"],
        ["image", "image"],
      ] as const
    ).flatMap(([field, what]): ChoiceFault[] =>
      wish[field] === undefined
        ? []
        : [
            {
              field,
              message: `There is one kind of ${what} on ${name}, its own: leave compute.${field} out, or choose another target.`,
            },
          ],
    );
    return faults.length > 0 ? faults : { machine: null, image: null };
  }
  const machine = chooseMachine(name, azure, wish);
  const image = chooseImage(name, azure, wish.image);
  const faults = [machine, image].flatMap((one) =>
    typeof one === "object" && "field" in one ? [one] : [],
  );
  if (faults.length > 0 || "field" in machine || typeof image !== "string") return faults;
  return { machine, image };
}

/** How the processes of a job can find one another there: an image brings a launcher for MPI, this machine's Python does not. */
export const distributionsAt = ({ azure }: ComputeTargetSettings): readonly Distribution[] =>
  azure === undefined ? distributions.filter((one) => one !== "mpi") : distributions;

/** Of one node, for a job that names these machines or, without a name, gets the target's own; null where there is no price. */
export function nodePrice(
  { azure }: ComputeTargetSettings,
  tier: Tier,
  instanceType?: string,
): NodePrice | null {
  if (azure === undefined) return null;
  const machine = chooseMachine("", azure, { tier, instanceType });
  return "field" in machine || machine.instanceType === null
    ? null
    : findPrice(azure.prices, machine.instanceType, tier);
}

/** Which of a target's settings say where it is; the rest may change while something runs there. */
export const placeOf = ({ azure }: ComputeTargetSettings): readonly (string | undefined)[] => [
  azure?.subscriptionId.toLowerCase(),
  azure?.resourceGroup.toLowerCase(),
  azure?.workspace.toLowerCase(),
  azure?.region,
  azure?.datastore,
  azure?.blobEndpoint,
  azure?.container,
];
