import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { baseEnvironment } from "./variables.ts";
import { prepareEnvironment } from "./prepare.ts";

// A venv takes many seconds on a slow machine.
vi.setConfig({ testTimeout: 120_000 });

async function anEnvironment() {
  const folder = await mkdtemp(join(tmpdir(), "environments-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const progress: string[] = [];
  return {
    folder,
    progress,
    requirements: null,
    python: "python3",
    environment: baseEnvironment(process.env),
    onProgress: (message: string) => void progress.push(message),
  };
}

it("makes an environment once for many who ask at the same time", async () => {
  const options = await anEnvironment();
  const paths = await Promise.all([1, 2, 3].map(() => prepareEnvironment(options)));
  expect(new Set(paths).size).toBe(1);
  expect(options.progress.filter((line) => line.startsWith("making"))).toHaveLength(1);
  expect((await readdir(options.folder)).filter((name) => name.endsWith(".lock"))).toEqual([]);
});

it("takes over from a maker that was killed", async () => {
  const options = await anEnvironment();
  const first = await prepareEnvironment(options);
  const path = join(first, "..", "..");
  await rm(join(path, ".ready"));
  await mkdir(`${path}.lock`);
  await writeFile(
    join(`${path}.lock`, "owner.json"),
    JSON.stringify({ pid: 1, startedAt: "never" }),
  );
  expect(await prepareEnvironment(options)).toBe(first);
});

it("says what failed and leaves nothing that looks ready", async () => {
  const options = { ...(await anEnvironment()), requirements: "./no/such/package\n" };
  await expect(prepareEnvironment(options)).rejects.toMatchObject({ code: "unavailable" });
  expect((await readdir(options.folder)).filter((name) => !name.endsWith(".log"))).toEqual([]);
});

it("says what to install when there is no Python", async () => {
  const options = { ...(await anEnvironment()), python: "python-that-is-not" };
  await expect(prepareEnvironment(options)).rejects.toThrow(/Install Python/);
});

it("hands on no secret of the control plane", () => {
  const kept = baseEnvironment({ DATABASE_URL: "postgres://u:p@h/d", PATH: "/bin", PIP_X: "1" });
  expect(kept).toEqual({ PATH: "/bin", PIP_X: "1", PYTHONUNBUFFERED: "1" });
});
