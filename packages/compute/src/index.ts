export * from "./provider.ts";
export * from "./capabilities.ts";
