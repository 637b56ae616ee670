export interface VmSize {
  readonly name: string;
  readonly family: string;
  readonly vCPUs: number;
  readonly gpus: number;
  readonly memoryGB: number;
  readonly diskMB: number;
  readonly spot: boolean;
  readonly hourlyUsd: number;
}

/** A region's sizes: a few that are rented for training and serving, and one without a GPU. */
export const vmSizes: readonly VmSize[] = [
  size("Standard_DS3_v2", "StandardDSv2Family", 4, 0, 14, 28_672, 0.23),
  size("Standard_E8s_v3", "StandardESv3Family", 8, 0, 64, 131_072, 0.5),
  size("Standard_NC24ads_A100_v4", "StandardNCADSA100v4Family", 24, 1, 220, 983_040, 3.67),
  size("Standard_NC48ads_A100_v4", "StandardNCADSA100v4Family", 48, 2, 440, 1_966_080, 7.35),
  size("Standard_NC40ads_H100_v5", "StandardNCadsH100v5Family", 40, 1, 320, 3_670_016, 6.98),
  size("Standard_ND96isr_H100_v5", "StandardNDSH100v5Family", 96, 8, 1900, 28_672_000, 98.32),
];

function size(
  name: string,
  family: string,
  vCPUs: number,
  gpus: number,
  memoryGB: number,
  diskMB: number,
  hourlyUsd: number,
): VmSize {
  return { name, family, vCPUs, gpus, memoryGB, diskMB, hourlyUsd, spot: true };
}

export const findSize = (name: string): VmSize | null =>
  vmSizes.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null;

/** Cores of a family a subscription may use, dedicated; low priority has one limit for all. */
export const familyLimitCores = 400;
export const lowPriorityLimitCores = 1000;
