export { linkDownload, type LinkedDownload } from "./link.ts";
export { openDownload } from "./open.ts";
