export { azureMlCompute, type AzureMlComputeOptions } from "./azure-ml-compute.ts";
export type { AzureMlTarget } from "./target.ts";
