export * from "./begin-upload.ts";
export * from "./receive-file.ts";
export * from "./finish-upload.ts";
export * from "./abandon-upload.ts";
export * from "./get.ts";
export * from "./list.ts";
export { subjectHash } from "./scan.ts";
