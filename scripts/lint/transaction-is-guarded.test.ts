import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, copyFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../config.ts";

const opens = "return transaction(ctx, async (tx) => { await write(tx); });";

/** Lints one source as if it stood at `path` of a checkout with our own configuration. */
function lint(path: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "preceptor-lint-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  copyFileSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  symlinkSync(join(root, "scripts"), join(folder, "scripts"));
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), source);
  const args = [join(root, "node_modules/oxlint/bin/oxlint"), "--format=unix", path];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).stdout;
}

test.each([
  { name: "a bare transaction misses both", body: opens, missing: ["unauthorised", "unrecorded"] },
  {
    name: "authorised but not recorded",
    body: `authorise(ctx.caller, "job:submit"); ${opens}`,
    missing: ["unrecorded"],
  },
  {
    name: "recorded but not authorised",
    body: "return ctx.db.transaction(async (tx) => record(tx, ctx));",
    missing: ["unauthorised"],
  },
  {
    name: "a comment is no call",
    body: `/* authorise(x) record(y) */ ${opens}`,
    missing: ["unauthorised", "unrecorded"],
  },
  {
    name: "authorised and recorded",
    body: "authorise(ctx.caller); return transaction(ctx, async (tx) => record(tx, ctx));",
    missing: [],
  },
  {
    name: "a system verb",
    body: "authoriseSystem(ctx.caller); return transaction(ctx, async (tx) => record(tx, ctx));",
    missing: [],
  },
  { name: "no transaction at all", body: "return load(ctx);", missing: [] },
])("$name: $missing", ({ body, missing }) => {
  const said = lint(
    "packages/services/src/job/verb.ts",
    `export async function verb(ctx) { ${body} }\n`,
  );
  expect(said.includes("never calls authorise")).toBe(missing.includes("unauthorised"));
  expect(said.includes("never calls record")).toBe(missing.includes("unrecorded"));
});

test("the file that defines `transaction`, and files outside services, are left alone", () => {
  const bare = "export async function verb(ctx) { return ctx.db.transaction(async () => 1); }\n";
  expect(lint("packages/tracking/src/verb.ts", bare)).not.toContain("never calls");
  expect(
    lint("packages/services/src/transaction.ts", bare.replace("verb", "transaction")),
  ).not.toContain("never calls");
});
