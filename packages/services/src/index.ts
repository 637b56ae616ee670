export * from "./context.ts";
export * from "./transaction.ts";
export * from "./access/authorise.ts";
export * from "./audit/record.ts";
export * from "./model/index.ts";
