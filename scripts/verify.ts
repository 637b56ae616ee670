import { runTool, type Outcome } from "./program.ts";
import { buildAdmin } from "./stack/admin.ts";
import { runTests } from "./tests.ts";
import { checkMigrations } from "./verify/migrations.ts";

type Step = { name: string; run: () => Promise<{ ok: boolean; output: string }> };

const tool =
  (name: string, ...args: string[]): Step["run"] =>
  async () =>
    told(await runTool(name, args, { quiet: true }));
const told = ({ code, output }: Outcome): { ok: boolean; output: string } => ({
  ok: code === 0,
  output,
});

const steps: Step[] = [
  { name: "format", run: tool("oxfmt", "--check", ".") },
  { name: "lint", run: tool("oxlint", "--deny-warnings", ".") },
  { name: "boundaries", run: tool("turbo", "boundaries", "--no-color") },
  { name: "types", run: tool("tsc", "--noEmit", "-p", "tsconfig.json") },
  { name: "types of the web UI", run: tool("tsc", "--noEmit", "-p", "apps/admin/tsconfig.json") },
  { name: "unused code and packages", run: tool("knip") },
  { name: "migrations", run: checkMigrations },
  {
    name: "web UI build",
    run: () =>
      buildAdmin().then(
        () => ({ ok: true, output: "" }),
        (error: unknown) => ({ ok: false, output: String(error) }),
      ),
  },
];

/** Every step runs even if one before it failed, so one run tells all there is to mend. */
const failed: string[] = [];
for (const { name, run } of steps) {
  const started = performance.now();
  const { ok, output } = await run();
  console.log(
    `${ok ? "ok    " : "FAILED"} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (!ok) {
    failed.push(name);
    console.log(output.trimEnd());
  }
}
// CI runs the tests by the README's own command right after; twice would tell nothing more.
const tests = process.argv.includes("--without-tests") ? undefined : await runTests();
if (tests?.ok === false) failed.push("tests");
console.log(failed.length === 0 ? "ok     everything" : `FAILED ${failed.join(", ")}`);
if (tests !== undefined) console.log(tests.summary);
process.exitCode = failed.length === 0 ? 0 : 1;
