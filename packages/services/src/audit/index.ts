export * from "./record.ts";
export * from "./list.ts";
export * from "./bundle.ts";
export * from "./publish-head.ts";
