export { listClusters } from "./list.ts";
export { createCluster } from "./create.ts";
export { resizeCluster } from "./resize.ts";
export { drainCluster } from "./drain.ts";
export { removeCluster } from "./remove.ts";
