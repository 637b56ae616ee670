export * from "./provider.ts";
export * from "./capabilities.ts";
export * from "./providers.ts";
