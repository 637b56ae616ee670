import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { config, root } from "./config.ts";
import { runProgram } from "./program.ts";
import { buildAdmin } from "./stack/admin.ts";
import { runPythonTests } from "./tests/python.ts";
import { countJson, summaryLine, type Counts } from "./tests/counts.ts";

export type TestRun = { ok: boolean; summary: string };

/** Runs every test, or those that `filters` name, and says how many passed and failed. */
export async function runTests(filters: readonly string[] = []): Promise<TestRun> {
  // Several tests look at it, and none of them may build it while another does.
  await buildAdmin();
  const typescript = await runVitest(filters);
  const python =
    filters.length === 0 ? await runPythonTests() : { passed: 0, failed: 0, skipped: 0 };
  const counts = {
    passed: typescript.passed + python.passed,
    failed: typescript.failed + python.failed,
    skipped: typescript.skipped + python.skipped,
  };
  return { ok: counts.failed === 0, summary: summaryLine(counts) };
}

async function runVitest(filters: readonly string[]): Promise<Counts> {
  const report = join(config.dataDir, "test", `vitest-${process.pid}.json`);
  mkdirSync(join(config.dataDir, "test"), { recursive: true });
  const program = join(root, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  // Tests start many processes of ours and of others: each finds what the first of its kind has compiled.
  const env = { NODE_COMPILE_CACHE: join(config.dataDir, "cache", "compiled") };
  const args = [program, "run", ...reporters, ...filters];
  const { code } = await runProgram(process.execPath, args, { env });
  const text = existsSync(report) ? readFileSync(report, "utf8") : undefined;
  rmSync(report, { force: true });
  return countJson(text, code);
}
