import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../config.ts";
import { runTool } from "../program.ts";

/** The migrations agree with each other, and with the tables as the code has them: generating again makes no new one. */
export async function checkMigrations(): Promise<{ ok: boolean; output: string }> {
  const cwd = join(root, "packages/db");
  const checked = await runTool("drizzle-kit", ["check"], { cwd, quiet: true });
  if (checked.code !== 0) return { ok: false, output: checked.output };
  // Into a copy, so that a check never changes the checkout. drizzle-kit takes `--out` only relative to its folder.
  const copy = mkdtempSync(join(cwd, ".migrations-"));
  try {
    cpSync(join(cwd, "migrations"), copy, { recursive: true });
    const before = readdirSync(copy).length;
    const args = [
      "generate",
      "--dialect=postgresql",
      "--casing=snake_case",
      "--schema=./src/tables/index.ts",
      `--out=./${copy.slice(cwd.length + 1)}`,
      "--name=pending",
    ];
    const generated = await runTool("drizzle-kit", args, { cwd, quiet: true });
    // drizzle-kit ends with 0 even when it would have to ask something; only this sentence says there is no difference.
    const same =
      generated.output.includes("No schema changes") && readdirSync(copy).length === before;
    const advice =
      "The tables changed without a migration: npm run generate -w @preceptor/db -- <name>\n";
    return { ok: same, output: same ? "" : advice + generated.output };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
