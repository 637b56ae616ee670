import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { prepareEnvironment } from "./prepare.ts";
import { inheritedByPip, inheritedByPrograms } from "./variables.ts";

// A venv takes many seconds on a slow machine.
vi.setConfig({ testTimeout: 120_000 });

async function anEnvironment(requirements: string) {
  const folder = await mkdtemp(join(tmpdir(), "environments-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const requirementsFile = join(folder, "requirements.txt");
  await writeFile(requirementsFile, requirements);
  return {
    environments: join(folder, "environments"),
    requirementsFile,
    python: "python3",
    environment: inheritedByPip(process.env),
  };
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !name.endsWith(".lock"));

it("makes one environment for many who ask at the same time, and again when it was cut short", async () => {
  const options = await anEnvironment("# nothing but Python\n");
  const paths = await Promise.all([1, 2, 3].map(() => prepareEnvironment(options)));
  expect(new Set(paths).size).toBe(1);
  expect(await namesIn(options.environments)).toHaveLength(1);
  const ready = join(paths[0] ?? "", "..", "..", ".ready");
  await rm(ready);
  await prepareEnvironment(options);
  expect(await readdir(join(ready, ".."))).toContain(".ready");
});

it("says what failed and leaves nothing that looks ready", async () => {
  const options = await anEnvironment("./no/such/package\n");
  await expect(prepareEnvironment(options)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(/could not be built: .*no\/such\/package/),
  });
  expect(await namesIn(options.environments)).toEqual([]);
});

it("says what to install when there is no Python", async () => {
  const options = { ...(await anEnvironment("")), python: "python-that-is-not" };
  await expect(prepareEnvironment(options)).rejects.toThrow(/install Python or name another/);
});

it("hands on no secret of the control plane, and pip's settings to pip only", () => {
  const all = { DATABASE_URL: "postgres://u:p@h/d", PATH: "/bin", PIP_X: "1" };
  expect(inheritedByPrograms(all)).toEqual({ PATH: "/bin" });
  expect(inheritedByPip(all)).toEqual({ PATH: "/bin", PIP_X: "1" });
});
