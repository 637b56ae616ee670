export { localCompute, type LocalComputeOptions } from "./local-compute.ts";
