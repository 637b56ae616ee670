import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { observeOne, until, untilEnded, untilKind } from "../contract/until.ts";
import { readClaim } from "./claim.ts";
import { attemptLayout } from "./layout.ts";
import { findProcess, isAlive, type ProcessIdentity } from "./processes.ts";
import { enterLocalWorld, type LocalWorld } from "./test-world.ts";

const fileOf = (world: LocalWorld, id: string, path: string): string =>
  join(attemptLayout(world.workDir, id).outputs, path);

const written = (path: string): Promise<string> =>
  until(
    () => readFile(path, "utf8").catch(() => ""),
    (text) => text.endsWith("\n"),
  );

async function supervisorOf(world: LocalWorld, id: string): Promise<ProcessIdentity> {
  const claim = await readClaim(attemptLayout(world.workDir, id));
  if (!claim?.supervisor) throw new Error("the attempt has no supervisor");
  return claim.supervisor;
}

/** Writes the numbers of all its processes as the first thing it does. */
const family = `
import os, signal, subprocess, sys, time
out = os.path.join(os.environ["PRECEPTOR_OUTPUT_DIR"], "pids")
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
deaf = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"]
children = [subprocess.Popen(sleep), subprocess.Popen(sleep, env={}), subprocess.Popen(deaf)]
pids = [os.getpid(), *[child.pid for child in children]]
# Daemons: a session of their own, and no parent of the attempt once the one between has ended. Only Linux tells whose they were.
if sys.platform == "linux":
    between = f"import subprocess; print(subprocess.Popen({sleep!r}, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid)"
    pids.append(int(subprocess.run([sys.executable, "-c", between], capture_output=True, text=True).stdout))
    pids.append(subprocess.Popen(sleep, start_new_session=True).pid)
with open(out, "w") as file: file.write(" ".join(map(str, pids)) + "\\n")
`;
const pidsOf = (text: string): number[] => text.trim().split(" ").map(Number);
const living = (pids: readonly number[]): number[] =>
  pids.filter((pid) => findProcess(pid) !== null);

test.concurrent("a program that hangs is ended at its time limit", async ({ onTestFinished }) => {
  const world = await enterLocalWorld(onTestFinished);
  const spec = await world.python("import time; time.sleep(600)", { timeoutMs: 700 });
  const handle = await world.provider.start("att_hangs", spec);
  expect(await untilEnded(world.provider, handle)).toMatchObject({
    kind: "failed",
    cause: "timeout",
    message: "ended after its time limit of 0.7 s",
    processes: [{ state: "exited", exitCode: 143 }],
  });
});

test.concurrent("100 MB printed cost neither disk nor memory: the first bytes are kept, the rest is counted", async ({
  onTestFinished,
}) => {
  const world = await enterLocalWorld(onTestFinished);
  const logLimitBytes = 50_000;
  const line = `${"å".repeat(499)}\n`;
  const program = `import sys\nfor _ in range(100_000): sys.stdout.write("å" * 499 + "\\n")`;
  const spec = await world.python(program, { logLimitBytes });
  const handle = await world.provider.start("att_prints", spec);
  const supervisor = await supervisorOf(world, "att_prints");
  let mostBytes = 0;
  const ended = await until(
    async () => {
      mostBytes = Math.max(mostBytes, findProcess(supervisor.pid)?.memoryBytes ?? 0);
      return observeOne(world.provider, handle);
    },
    (seen) => seen.kind === "succeeded",
  );
  expect(ended.kind).toBe("succeeded");
  expect(mostBytes).toBeLessThan(200_000_000);
  const { size } = await stat(join(attemptLayout(world.workDir, "att_prints").logs, "node-0"));
  expect(size).toBeLessThan(logLimitBytes + 200);
  const chunk = await world.provider.capabilities.logs?.read(handle, "node-0", 0, 1_000_000);
  const kept = chunk?.text.split("\n[preceptor]")[0] ?? "";
  expect(kept).toBe(line.repeat(100).slice(0, kept.length));
  expect(Buffer.byteLength(kept) + (chunk?.droppedBytes ?? 0)).toBe(
    100_000 * Buffer.byteLength(line),
  );
});

test.concurrent("a program that fills more disk than it was given is ended, also when it was quicker than the look", async ({
  onTestFinished,
}) => {
  const world = await enterLocalWorld(onTestFinished);
  const fill = `import os, time\nopen(os.environ["PRECEPTOR_CHECKPOINT_DIR"] + "/big", "wb").write(bytes(3000))\n`;
  const slow = await world.provider.start(
    "att_fills",
    await world.python(`${fill}time.sleep(600)`, { diskQuotaBytes: 2000 }),
  );
  const quick = await world.provider.start(
    "att_quick",
    await world.python(fill, { diskQuotaBytes: 2000 }),
  );
  const expected = {
    kind: "failed",
    cause: "disk-quota",
    message: expect.stringContaining("3000 bytes"),
  };
  expect(await untilEnded(world.provider, slow)).toMatchObject(expected);
  expect(await untilEnded(world.provider, quick)).toMatchObject(expected);
});

test.concurrent("a cancel ends grandchildren, daemons and those that ignore SIGTERM", async ({
  onTestFinished,
}) => {
  const world = await enterLocalWorld(onTestFinished);
  const program = `${family}\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)`;
  const handle = await world.provider.start("att_family", await world.python(program));
  const pids = pidsOf(await written(fileOf(world, "att_family", "pids")));
  expect(living(pids)).toEqual(pids);
  await world.provider.cancel(handle);
  expect(await untilEnded(world.provider, handle)).toEqual({ kind: "cancelled" });
  expect(living(pids)).toEqual([]);
});

test.concurrent("what a finished program left running does not outlive it", async ({
  onTestFinished,
}) => {
  const world = await enterLocalWorld(onTestFinished);
  const handle = await world.provider.start("att_leaves", await world.python(family));
  expect((await untilEnded(world.provider, handle)).kind).toBe("succeeded");
  const pids = pidsOf(await written(fileOf(world, "att_leaves", "pids")));
  expect(pids.length).toBeGreaterThan(3);
  expect(living(pids)).toEqual([]);
});

test.concurrent("when one of two nodes crashes the other is ended, and the message quotes nothing it printed", async ({
  onTestFinished,
}) => {
  const world = await enterLocalWorld(onTestFinished);
  const program = `import os, sys, time\nif os.environ["NODE_RANK"] == "1": sys.exit("subject 4711 has no code")\ntime.sleep(600)`;
  const handle = await world.provider.start("att_crash", await world.python(program, { nodes: 2 }));
  expect(await untilEnded(world.provider, handle)).toEqual({
    kind: "failed",
    cause: "exit-code",
    message: "node 1 exited with code 1: see the log node-1",
    processes: [
      { rank: 0, node: 0, state: "exited", exitCode: 143 },
      { rank: 1, node: 1, state: "exited", exitCode: 1 },
    ],
  });
  const log = await world.provider.capabilities.logs?.read(handle, "node-1", 0, 1000);
  expect(log).toMatchObject({ text: "subject 4711 has no code\n", ended: true });
});

test.concurrent("a node killed from outside is told by its signal", async ({ onTestFinished }) => {
  const world = await enterLocalWorld(onTestFinished);
  const handle = await world.provider.start(
    "att_killed",
    await world.python("import os; os.kill(os.getpid(), 11)"),
  );
  expect(await untilEnded(world.provider, handle)).toMatchObject({
    cause: "killed-by-signal",
    processes: [{ exitCode: 139 }],
  });
});

test.concurrent("a supervisor killed in the middle fails the attempt, and nothing of it goes on", async ({
  onTestFinished,
}) => {
  const world = await enterLocalWorld(onTestFinished);
  const handle = await world.provider.start(
    "att_orphan",
    await world.python(`${family}\ntime.sleep(600)`),
  );
  const pids = pidsOf(await written(fileOf(world, "att_orphan", "pids")));
  const supervisor = await supervisorOf(world, "att_orphan");
  process.kill(supervisor.pid, "SIGKILL");
  await until(
    async () => isAlive(supervisor),
    (alive) => !alive,
  );
  const seen = await untilEnded(world.reopen(), handle);
  expect(seen).toMatchObject({
    kind: "failed",
    cause: "killed-by-signal",
    message: "the supervisor ended",
  });
  expect(living(pids)).toEqual([]);
  expect(await observeOne(world.provider, handle)).toEqual(seen);
});

test.concurrent("cores and memory in use are told while it runs", async ({ onTestFinished }) => {
  const world = await enterLocalWorld(onTestFinished);
  const handle = await world.provider.start(
    "att_busy",
    await world.python("block = b'x' * 60_000_000\nwhile True: pass"),
  );
  await untilKind(world.provider, handle, "running");
  const seen = await until(
    () => observeOne(world.provider, handle),
    (o) =>
      o.kind === "running" &&
      (o.usage?.cpuCores ?? 0) > 0.1 &&
      (o.usage?.memoryBytes ?? 0) > 60_000_000,
  );
  expect(seen.kind).toBe("running");
});
