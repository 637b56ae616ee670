export { defineComputeTarget } from "./define.ts";
export { listComputeTargets } from "./list.ts";
export { getComputeTarget } from "./get.ts";
export type { TargetSilence } from "./silence.ts";
export { removeComputeTarget } from "./remove.ts";
export { checkComputeTarget } from "./check.ts";
export { readCapacity, type Capacity } from "./read-capacity.ts";
export { readQuotas } from "./read-quotas.ts";
export { readOptions, type TargetOptions } from "./read-options.ts";
