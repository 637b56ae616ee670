import { execFile } from "node:child_process";
import { globSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

export const checkout = resolve(import.meta.dirname, "../..");
export const python = process.env.PRECEPTOR_PYTHON ?? "python3";
export const run = promisify(execFile);

/** Python environments outlive a run of the tests: one has 1.4 GB. */
const kept = join(checkout, ".data", "test", "environments");

/** Makes the jobs of a fresh stack build their environments in the kept place, or find them there. */
export function keepEnvironments(dataDir: string): void {
  mkdirSync(kept, { recursive: true });
  mkdirSync(join(dataDir, "work"), { recursive: true });
  symlinkSync(kept, join(dataDir, "work", "environments"));
}

/** Why jobs cannot get their Python packages here; null when they can. Asked once, without retries. */
export async function whyNoPackages(): Promise<string | null> {
  try {
    await run(python, ["-c", "import sys, venv; assert sys.version_info >= (3, 10)"]);
  } catch {
    return `${python} of 3.10 or newer, with venv, was not found`;
  }
  if (globSync("*/.ready", { cwd: kept }).length > 0) return null;
  const flags = ["--dry-run", "--no-deps", "--ignore-installed", "--retries=0", "--timeout=5"];
  return run(python, ["-m", "pip", "install", ...flags, "six==1.17.0"], { timeout: 15_000 }).then(
    () => null,
    () => "the Python package index does not answer",
  );
}
