import { z } from "zod";
import { Name } from "../id.ts";
import { AzureMlSettings } from "./azure-ml/settings.ts";
import { findPrice, type NodePrice, type Tier } from "./price.ts";

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

/** The machines of this target, where they are known here; null where only the provider can say. */
export const instanceTypeOf = ({ azure }: ComputeTargetSettings): string | null =>
  azure?.instanceType ?? azure?.prices[0]?.instanceType ?? null;

/** Of one node of this target; null where there is none for the tier. */
export function nodePrice(settings: ComputeTargetSettings, tier: Tier): NodePrice | null {
  const instanceType = instanceTypeOf(settings);
  return instanceType === null ? null : findPrice(pricesOf(settings), instanceType, tier);
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
