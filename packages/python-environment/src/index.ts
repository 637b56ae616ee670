export { buildArguments, environmentFolder, type EnvironmentPlan } from "./build.ts";
export { endForkServers, forkArguments } from "./fork.ts";
export { prepareEnvironment, type EnvironmentOptions } from "./prepare.ts";
export {
  groupAlive,
  isRunning,
  processIdentity,
  signalGroup,
  type ProcessIdentity,
} from "./process.ts";
export { findPython, isRecent, type Interpreter } from "./python.ts";
export { inheritedByPip, inheritedByPrograms } from "./variables.ts";
