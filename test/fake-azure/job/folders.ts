import { join } from "node:path";
import type { JobDocument } from "../state.ts";
import type { World } from "../world.ts";
import { commandOf, shapeOf } from "./command.ts";

export interface RunFolders {
  readonly root: string;
  readonly inputs: string;
  readonly outputs: string;
  readonly exits: string;
  readonly logs: string;
  code(node: number): string;
}

/** Each start of a run has folders of its own, as it would have other machines. */
export function runFolders(world: World, job: JobDocument): RunFolders {
  const root = join(world.folder, "runs", job.id, `start-${job.retry}`);
  return {
    root,
    inputs: join(root, "inputs"),
    outputs: join(root, "outputs"),
    exits: join(root, "exits"),
    logs: join(root, "logs"),
    code: (node) => join(root, `node-${node}`),
  };
}

/** `user_logs/std_log.txt` for one process, `std_log_process_N.txt` for several, two digits from ten on. */
export function logName(job: JobDocument, rank: number): string {
  const { nodes, perNode, kind } = shapeOf(commandOf(job));
  const processes = kind === "none" ? 1 : nodes * perNode;
  const digits = String(processes - 1).length;
  const file =
    processes === 1 ? "std_log" : `std_log_process_${String(rank).padStart(digits, "0")}`;
  return `${retryFolder(job)}user_logs/${file}.txt`;
}

/** What the service puts before the names of a start that is not the first. */
export const retryFolder = ({ retry }: JobDocument): string =>
  retry === 0 ? "" : `retry_${String(retry).padStart(3, "0")}/`;

export const artifactPrefix = (job: JobDocument): string => `ExperimentRun/dcid.${job.id}/`;
