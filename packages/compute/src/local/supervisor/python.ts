import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inheritedByPip } from "../inherited.ts";
import { AttemptFailure } from "./failure.ts";

export interface Interpreter {
  /** The interpreter itself, behind any launcher that was named. */
  readonly path: string;
  /** e.g. `3.11.7` */
  readonly version: string;
}
const oldest = [3, 10] as const;
const question =
  "import sys; print(sys.executable); print('.'.join(map(str, sys.version_info[:3])))";

export async function findPython(python: string): Promise<Interpreter> {
  const [path, version] = await ask(python);
  if (!path || !version || !isRecent(version))
    throw new AttemptFailure(
      "environment-failed",
      `Python ${oldest.join(".")} or newer is needed: '${python}' is ${version ?? "something else"}`,
    );
  return { path, version };
}

async function ask(python: string): Promise<readonly (string | undefined)[]> {
  try {
    const { stdout } = await promisify(execFile)(python, ["-c", question], {
      env: inheritedByPip(process.env),
      timeout: 30_000,
    });
    return stdout.trim().split(/\r?\n/);
  } catch {
    throw new AttemptFailure(
      "environment-failed",
      `Python ${oldest.join(".")} or newer is needed: '${python}' does not start on this machine; install Python or name another interpreter`,
    );
  }
}

export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
