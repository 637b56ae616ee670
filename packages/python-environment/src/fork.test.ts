import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { endForkServers, forkArguments } from "./fork.ts";
import { processIdentity } from "./process.ts";
import { findPython } from "./python.ts";

const onLinux = process.platform === "linux";

/** Programs in `folder` with one shared interpreter of their own, which ends with the test. */
async function aWorld(preload: string) {
  const folder = await mkdtemp(join(tmpdir(), "forks-"));
  const forks = join(folder, "forks");
  const { path: python } = await findPython("python3", { PATH: process.env["PATH"] ?? "" });
  await writeFile(join(folder, "preload.txt"), preload);
  const started: ChildProcess[] = [];
  onTestFinished(async () => {
    for (const child of started) child.kill("SIGKILL");
    await endForkServers(forks);
    await until(async () => (await serversOf(forks)).every((pid) => !alive(pid)));
    await rm(folder, { recursive: true, force: true });
  });
  const run = async (source: string, args: string[] = [], variables = {}) => {
    const program = join(folder, `program-${started.length}.py`);
    await writeFile(program, source);
    const argv = [...forkArguments(forks, join(folder, "preload.txt")), program, ...args];
    const env = { PATH: process.env["PATH"] ?? "", PYTHONPATH: folder, ...variables };
    const child = spawn(python, argv, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    started.push(child);
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
      child.once("exit", (code, signal) => resolve({ code, signal })),
    );
    return { child, ended, out: text(child.stdout), err: text(child.stderr), lines: child.stdout };
  };
  return { folder, forks, run };
}

const serversOf = async (forks: string): Promise<number[]> =>
  Promise.all(
    (await readdir(forks).catch(() => [])).map(async (name) =>
      Number.parseInt(await readFile(join(forks, name, "process"), "utf8").catch(() => "0"), 10),
    ),
  );

function alive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("it did not come to hold");
    await pause(20);
  }
}

const pidOf = `import os, sys; print(os.getppid(), os.getpid(), flush=True)\n`;

describe.skipIf(!onLinux)("programs that run in a fork of shared libraries", () => {
  test("see their arguments, variables and folder, and end with their own code", async () => {
    const { run, folder } = await aWorld("json\n");
    const program = await run(
      `import os, sys, __main__; print(sys.argv[1:], os.getcwd(), os.environ["MINE"], __main__.__file__ == sys.argv[0]); sys.exit(7)`,
      ["a b", "--c"],
      { MINE: "yes", PRECEPTOR_ATTEMPT_ID: "att_1" },
    );
    expect(await program.ended).toEqual({ code: 7, signal: null });
    expect(await program.out).toBe(`['a b', '--c'] ${folder} yes True\n`);
  });

  test("have the same parent, which has imported what they need", async () => {
    const { run, forks } = await aWorld("json\n\ndecimal\n");
    const programs = [await run(pidOf), await run(pidOf)];
    const parents = await Promise.all(programs.map(async ({ out }) => (await out).split(" ")[0]));
    expect(new Set(parents).size).toBe(1);
    expect(await serversOf(forks)).toEqual([Number(parents[0])]);
    const later = await run(`import sys; print("decimal" in sys.modules)`);
    expect(await later.out).toBe("True\n");
  });

  test("print what they failed with, and end with code 1", async () => {
    const { run } = await aWorld("json\n");
    const program = await run(`raise ValueError("no such step")`);
    expect(await program.ended).toEqual({ code: 1, signal: null });
    expect(await program.err).toContain("ValueError: no such step");
  });

  test("draw different random numbers from a library that was seeded at its import", async () => {
    const { run } = await aWorld("random\n");
    const drawn = [
      await run(`import random; print(random.random())`),
      await run(`import random; print(random.random())`),
    ];
    const [one, other] = await Promise.all(drawn.map(({ out }) => out));
    expect(one).not.toBe(other);
  });

  test("get the signals that were sent to who started them", async () => {
    const { run } = await aWorld("json\n");
    const program = await run(`import time; print("up", flush=True); time.sleep(60)`);
    await new Promise((resolve) => program.lines.once("data", resolve));
    program.child.kill("SIGTERM");
    expect(await program.ended).toEqual({ code: null, signal: "SIGTERM" });
  });

  test("end when who started them is killed", async () => {
    const { run } = await aWorld("json\n");
    const program = await run(`${pidOf}import time; time.sleep(60)`);
    const line = await new Promise<string>((resolve) =>
      program.lines.once("data", (chunk: Buffer) => resolve(chunk.toString())),
    );
    program.child.kill("SIGKILL");
    await until(() => !alive(Number(line.trim().split(" ")[1])));
  });

  test("end as killed when the shared interpreter is killed", async () => {
    const { run, forks } = await aWorld("json\n");
    const program = await run(`import time; print("up", flush=True); time.sleep(60)`);
    await new Promise((resolve) => program.lines.once("data", resolve));
    for (const pid of await serversOf(forks)) process.kill(pid, "SIGKILL");
    expect(await program.ended).toEqual({ code: null, signal: "SIGKILL" });
  });

  test("leave no shared interpreter once it was asked to end", async () => {
    const { run, forks } = await aWorld("json\n");
    expect((await (await run(pidOf)).out).length).toBeGreaterThan(0);
    const servers = await serversOf(forks);
    expect(servers.filter(alive)).toHaveLength(1);
    await endForkServers(forks);
    expect(await Promise.all(servers.map(processIdentity))).toEqual([null]);
  });

  test("run alone where a module cannot be shared because it starts a thread", async () => {
    const world = await aWorld("threaded\n");
    await writeFile(
      join(world.folder, "threaded.py"),
      "import threading, time; threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()",
    );
    const program = await world.run(`import os; print("threaded" in __import__("sys").modules)`);
    expect(await program.out).toBe("False\n");
    expect(await program.ended).toEqual({ code: 0, signal: null });
  });

  test("run alone where a module does not exist", async () => {
    const { run } = await aWorld("no_such_module\n");
    const program = await run(`print("ran")`);
    expect(await program.out).toBe("ran\n");
  });
});
