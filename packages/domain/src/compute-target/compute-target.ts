import { z } from "zod";
import { Name } from "../id.ts";

export const providerNames = ["local", "azure-ml"] as const;
export type ProviderName = (typeof providerNames)[number];

export const ComputeTargetSettings = z.strictObject({
  maxNodes: z.number().int().min(1).max(512),
  maxProcessesPerNode: z.number().int().min(1).max(64),
  /** Disk an attempt may fill with checkpoints and outputs. */
  diskQuotaBytes: z.number().int().positive(),
  /** Log bytes kept for each process; what is printed past it is counted, not kept. */
  logLimitBytes: z.number().int().positive(),
});
export type ComputeTargetSettings = z.infer<typeof ComputeTargetSettings>;

export const DefineComputeTarget = z.strictObject({
  name: Name,
  provider: z.enum(providerNames),
  settings: ComputeTargetSettings,
});
export type DefineComputeTarget = z.infer<typeof DefineComputeTarget>;

export interface ComputeTarget {
  readonly id: string;
  readonly name: string;
  readonly provider: ProviderName;
  readonly settings: ComputeTargetSettings;
  readonly createdAt: Date;
}
