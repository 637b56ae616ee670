export * from "./find.ts";
