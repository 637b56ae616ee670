import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { supervise, type ChildSpec } from "./child.ts";
import { lockDataFolder } from "./lock.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "preceptor-stack-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function program(source: string): ChildSpec {
  const cwd = folder();
  writeFileSync(join(cwd, "main.mjs"), source);
  const env = { PATH: "/usr/bin:/bin" };
  return {
    name: "child",
    command: process.execPath,
    args: ["main.mjs"],
    env,
    cwd,
    logFolder: cwd,
    announces: true,
  };
}

const ready =
  'process.send({ type: "ready", address: "http://127.0.0.1:1" }); setInterval(() => {}, 1000);';

test("a process that dies is started again, and stopping ends it for good", async () => {
  const child = await supervise(program(ready), () => {});
  onTestFinished(() => child.stop());
  const first = child.pid;
  expect(child.address).toBe("http://127.0.0.1:1");
  process.kill(first ?? 0, "SIGKILL");
  await vi.waitUntil(() => child.pid !== first, { timeout: 10_000 });
  const second = child.pid ?? 0;
  await child.stop();
  expect(() => process.kill(second, 0)).toThrow("ESRCH");
});

test("a process that ends before it is ready fails the start with its last words", async () => {
  const spec = program('console.error("no such table"); process.exit(4);');
  await expect(supervise(spec, () => {})).rejects.toThrow(
    /ended before it was ready \(code 4\):\nno such table/,
  );
  await vi.waitUntil(() =>
    readFileSync(join(spec.logFolder, "child.log"), "utf8").includes("no such table"),
  );
});

test("one stack holds a data folder; a lock whose process is gone, or whose pid is another's now, holds nothing", () => {
  const dataDir = folder();
  const release = lockDataFolder(dataDir);
  expect(() => lockDataFolder(dataDir)).toThrow("already runs");
  release();
  for (const stale of ["999999999 1", `${process.pid} 1`, ""]) {
    writeFileSync(join(dataDir, "stack.lock"), stale);
    lockDataFolder(dataDir)();
  }
});
