export { runRetention, type RunRetention } from "./run.ts";
export { showRetention } from "./show.ts";
export { retainingOrganizations } from "./organizations.ts";
