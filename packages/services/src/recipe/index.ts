export * from "./register.ts";
export * from "./list.ts";
export * from "./read-folder.ts";
