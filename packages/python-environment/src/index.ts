export { prepareEnvironment, type EnvironmentOptions } from "./prepare.ts";
export { baseEnvironment } from "./variables.ts";
export {
  groupAlive,
  isRunning,
  processIdentity,
  signalGroup,
  type ProcessIdentity,
} from "./process.ts";
