import { execFile } from "node:child_process";
import { promisify } from "node:util";
// Not the whole room: a supervisor that only waits would carry every schema.
import { DomainError } from "@preceptor/domain/error";

export interface Interpreter {
  /** The interpreter itself, behind any launcher that was named. */
  readonly path: string;
  /** e.g. `3.11.7` */
  readonly version: string;
}
const oldest = [3, 10] as const;
const question =
  "import sys; print(sys.executable); print('.'.join(map(str, sys.version_info[:3])))";

/** Throws `unavailable` with what to do when the name is no Python of ours. */
export async function findPython(
  python: string,
  environment: Readonly<Record<string, string>>,
): Promise<Interpreter> {
  const [path, version] = await ask(python, environment);
  if (!path || !version || !isRecent(version))
    throw new DomainError(
      "unavailable",
      `Python ${oldest.join(".")} or newer is needed: '${python}' is ${version ?? "something else"}`,
    );
  return { path, version };
}

async function ask(
  python: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly (string | undefined)[]> {
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", question], {
      env: environment,
      timeout: 30_000,
    });
    return stdout.trim().split(/\r?\n/);
  } catch (error) {
    throw new DomainError(
      "unavailable",
      `Python ${oldest.join(".")} or newer is needed: '${python}' does not start on this machine; install Python or name another interpreter`,
      { cause: error },
    );
  }
}

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
