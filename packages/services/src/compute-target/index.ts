export { defineComputeTarget } from "./define.ts";
export * from "./list.ts";
