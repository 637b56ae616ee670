export { listDeployments } from "./list.ts";
export { getDeployment } from "./get.ts";
export { stopDeployment } from "./stop.ts";
export { shareDeployment } from "./share.ts";
export { readTraffic } from "./read-traffic.ts";
export { rollBackDeployment } from "./roll-back.ts";
export { loadDeploymentWork, type DeploymentWork } from "./load-work.ts";
export {
  applyDeploymentObservation,
  type ApplyDeploymentObservation,
} from "./apply-observation.ts";
