import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface FakeAzureOptions {
  /** Where the Python environments live; name the local adapter's folder and both share them. */
  readonly environments: string;
  /** The interpreter they are made with. */
  readonly python: string;
  readonly pipArgs: readonly string[];
  /** Requirement files of this checkout: a build context with the same packages uses the environment made from that very text. */
  readonly requirementsFiles: readonly string[];
  /** `run` starts a job's processes; `pretend` leaves it Running without any, for measurements with thousands of them. */
  readonly jobs: "run" | "pretend";
  /** How often a run's folders are looked at for new files and log lines. */
  readonly syncMs: number;
  /** Between SIGTERM and SIGKILL when a run is cancelled. */
  readonly graceMs: number;
  /** Jobs on one page of a list. */
  readonly pageSize: number;
  /** How long a compute or an endpoint is Creating, Updating or Deleting. */
  readonly operationMs: number;
  /** What the server says in `Retry-After` while an operation goes on, in seconds. */
  readonly retryAfterSeconds: number;
  /** Whether exchanges are kept in `requests`. */
  readonly record: boolean;
}

const recipes = fileURLToPath(new URL("../../packages/recipes/requirements.txt", import.meta.url));

export const defaultOptions = (folder: string): FakeAzureOptions => ({
  environments: join(folder, "environments"),
  python: "python3",
  pipArgs: [],
  requirementsFiles: [recipes],
  jobs: "run",
  syncMs: 250,
  graceMs: 3000,
  pageSize: 100,
  operationMs: 300,
  retryAfterSeconds: 1,
  record: false,
});

export const cores = (): number => cpus().length;
