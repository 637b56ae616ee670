import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { observeOne, until, untilEnded } from "../contract/until.ts";
import { attemptLayout, environmentsFolder } from "./layout.ts";
import { enterLocalWorld } from "./test-world.ts";

const requirements = "six==1.17.0\n";
/** Whether the package index this machine is configured for answers; asked once, without retries. */
const reachable = await promisify(execFile)(
  "python3",
  [
    "-m",
    "pip",
    "install",
    "--dry-run",
    "--no-deps",
    "--ignore-installed",
    "--retries",
    "0",
    "--timeout",
    "5",
    requirements.trim(),
  ],
  { timeout: 10_000 },
).then(
  () => true,
  () => false,
);

test.skipIf(!reachable)(
  "needs a package index: two jobs at once build one environment, a third finds it ready",
  { timeout: 120_000 },
  async () => {
    const world = await enterLocalWorld();
    const spec = await world.python(`import six, sys\nprint(six.__version__, sys.prefix)`, {
      requirements: "requirements.txt",
    });
    const code = [...spec.code, await world.file("requirements.txt", requirements)];
    const start = (id: string) => world.provider.start(id, { ...spec, code });
    const handles = await Promise.all([start("att_a"), start("att_b")]);
    const messages = new Set<string>();
    for (const handle of handles)
      await until(
        async () => {
          const seen = await observeOne(world.provider, handle);
          if (seen.kind === "preparing") messages.add(seen.message);
          return seen;
        },
        (seen) => seen.kind === "succeeded",
      );
    const third = await start("att_c");
    expect((await untilEnded(world.provider, third)).kind).toBe("succeeded");

    const folders = (await readdir(environmentsFolder(world.workDir))).filter(
      (name) => !name.endsWith(".lock"),
    );
    expect(folders).toHaveLength(1);
    const logs = await Promise.all(
      ["att_a", "att_b", "att_c"].map((id) =>
        readFile(join(attemptLayout(world.workDir, id).logs, "environment"), "utf8"),
      ),
    );
    expect(logs.filter((log) => log.includes("Successfully installed six-1.17.0"))).toHaveLength(1);
    const output = await world.provider.capabilities.logs?.read(third, "node-0", 0, 1000);
    expect(output?.text.trim()).toBe(
      `1.17.0 ${join(environmentsFolder(world.workDir), folders[0] ?? "")}`,
    );
    expect([...messages].join("\n")).toMatch(/Python environment|six/);
  },
);

test("what pip refuses is told in its own last sentence, and leaves no half environment", async () => {
  const world = await enterLocalWorld();
  const spec = await world.python("", { requirements: "requirements.txt" });
  const code = [...spec.code, await world.file("requirements.txt", "six = = 1\n")];
  const handle = await world.provider.start("att_pip", { ...spec, code });
  expect(await untilEnded(world.provider, handle)).toMatchObject({
    kind: "failed",
    cause: "environment-failed",
    message: expect.stringMatching(
      /^the Python environment could not be built: Invalid requirement/,
    ),
  });
  const folders = (await readdir(environmentsFolder(world.workDir))).filter(
    (name) => !name.endsWith(".lock"),
  );
  expect(folders).toEqual([]);
});

test("a machine without Python is told what to do", async () => {
  const world = await enterLocalWorld();
  const provider = world.reopen({ python: "python-not-here" });
  const handle = await provider.start("att_none", await world.python(""));
  expect(await untilEnded(provider, handle)).toMatchObject({
    cause: "environment-failed",
    message:
      "Python 3.10 or newer is needed: 'python-not-here' does not start on this machine; install Python or name another interpreter",
  });
});
