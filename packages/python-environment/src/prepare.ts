import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@preceptor/domain/error";
import { buildArguments, environmentFolder } from "./build.ts";
import { findPython } from "./python.ts";
import { run } from "./run.ts";

export interface EnvironmentOptions {
  /** Where environments live; shared by every adapter on this machine. */
  readonly environments: string;
  /** The pinned requirements; null means the bare interpreter. */
  readonly requirementsFile: string | null;
  /** The interpreter it is made with, e.g. `python3`. */
  readonly python: string;
  readonly pipArgs?: readonly string[];
  /** Variables pip runs with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Told of each line pip prints. */
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The path of a Python whose packages are exactly the requirements; built now if nobody has. Throws `unavailable` with the reason. */
export async function prepareEnvironment(options: EnvironmentOptions): Promise<string> {
  const { environments, requirementsFile, pipArgs = [], environment, signal } = options;
  const { onLine = () => {} } = options;
  const interpreter = await findPython(options.python, environment);
  if (requirementsFile === null) return interpreter.path;
  const requirements = await readFile(requirementsFile, "utf8");
  const folder = environmentFolder(environments, { interpreter, requirements, pipArgs });
  await mkdir(environments, { recursive: true });
  const { code, lines } = await run(
    interpreter.path,
    buildArguments(folder, requirementsFile, pipArgs),
    { environment, onLine, signal },
  );
  if (code !== 0) {
    const reason = lines.findLast((line) => line.startsWith("ERROR: "))?.slice(7) ?? lines.at(-1);
    throw new DomainError(
      "unavailable",
      `the Python environment could not be built: ${reason ?? "pip said nothing"}`,
    );
  }
  return join(folder, "bin", "python");
}
