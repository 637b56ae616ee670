import { join } from "node:path";
import { inheritedByPip, prepareEnvironment } from "@preceptor/python-environment";
import { config, root } from "../config.ts";
import { runProgram } from "../program.ts";

/** The interpreter jobs are prepared with: at least 3.10, with venv. */
export async function findPython(): Promise<string> {
  const python = config.environment.PRECEPTOR_PYTHON ?? "python3";
  const { code, output } = await runProgram(
    python,
    ["-c", "import sys, venv, ensurepip; print('.'.join(map(str, sys.version_info[:3])))"],
    { quiet: true },
  );
  const version = output.trim();
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (code !== 0)
    throw new Error(
      `${python} with venv was not found. Install Python 3.10 or newer (on Debian: apt-get install python3 python3-venv), or set PRECEPTOR_PYTHON.`,
    );
  if (major < 3 || (major === 3 && minor < 10))
    throw new Error(
      `${python} is ${version}; jobs need Python 3.10 or newer. Install it, or set PRECEPTOR_PYTHON.`,
    );
  return python;
}

/**
 * Builds the recipes' Python environment where local jobs look for it: the longest wait of a first run, begun while the stack starts. The
 * first job waits for it; if nothing came of it, that job tries again and says why.
 */
export function beginEnvironment(dataDir: string, python: string): AbortController {
  const building = new AbortController();
  prepareEnvironment({
    environments: join(dataDir, "work", "environments"),
    requirementsFile: join(root, "packages", "recipes", "requirements.txt"),
    python,
    environment: inheritedByPip(config.environment),
    signal: building.signal,
  }).catch(() => {});
  return building;
}
