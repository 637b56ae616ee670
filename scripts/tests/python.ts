import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { config, root } from "../config.ts";
import { runProgram } from "../program.ts";
import { countJunit, type Counts } from "./counts.ts";

const PYTEST = "pytest==9.0.2";
const FOLDER = "packages/recipes/tests";

/** The recipes' own tests. Without Python or a package index they are counted as skipped, and it says so. */
export async function runPythonTests(): Promise<Counts> {
  const files = globSync(`${FOLDER}/**/test_*.py`, { cwd: root });
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const python = await findPytest();
  if (python === undefined) {
    const skipped = files.map(
      (file) => readFileSync(join(root, file), "utf8").match(/^\s*def test_/gm)?.length ?? 0,
    );
    console.log(
      "The Python tests are skipped: they need Python 3.10 or newer with pytest, or a package index to get it from.",
    );
    return { passed: 0, failed: 0, skipped: skipped.reduce((sum, count) => sum + count, 0) };
  }
  const report = join(config.dataDir, "test", `pytest-${process.pid}.xml`);
  await runProgram(python, [
    "-m",
    "pytest",
    "-q",
    "-p",
    "no:cacheprovider",
    `--junitxml=${report}`,
    FOLDER,
  ]);
  const text = existsSync(report) ? readFileSync(report, "utf8") : undefined;
  rmSync(report, { force: true });
  return countJunit(text);
}

/** A Python that has pytest: the machine's, or a small environment made once in the data folder. */
async function findPytest(): Promise<string | undefined> {
  const system = config.environment.PRECEPTOR_PYTHON ?? "python3";
  if (await hasPytest(system)) return system;
  const folder = join(config.dataDir, "pytest");
  const own = join(folder, "bin", "python");
  if (await hasPytest(own)) return own;
  mkdirSync(config.dataDir, { recursive: true });
  const made = await runProgram(system, ["-m", "venv", folder], { quiet: true });
  if (made.code !== 0) return undefined;
  const installed = await runProgram(
    own,
    ["-m", "pip", "install", "-q", "--disable-pip-version-check", PYTEST],
    { quiet: true },
  );
  return installed.code === 0 ? own : undefined;
}

async function hasPytest(python: string): Promise<boolean> {
  const check = "import sys, pytest; sys.exit(sys.version_info < (3, 10))";
  return (await runProgram(python, ["-c", check], { quiet: true })).code === 0;
}
