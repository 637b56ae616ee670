import { expect, test } from "vitest";
import { observeOne, until, untilEnded, untilKind } from "../contract/until.ts";
import { listProcesses } from "./processes.ts";
import { enterLocalWorld, type LocalWorld } from "./test-world.ts";

/** A program whose modules are imported ahead, in an environment with no packages. */
async function forked(world: LocalWorld, program: string) {
  const spec = await world.python(program, { requirements: "none.txt", preload: "preload.txt" });
  const files = [
    await world.file("none.txt", "# none\n"),
    await world.file("preload.txt", "json\n"),
  ];
  return { ...spec, nodes: 2, code: [...spec.code, ...files] };
}

const says = (world: LocalWorld, handle: Parameters<typeof observeOne>[1], log: string) =>
  world.provider.capabilities.logs?.read(handle, log, 0, 10_000);

test.skipIf(process.platform !== "linux")(
  "two nodes of one attempt run in forks of one interpreter, each with its own rank",
  async () => {
    const world = await enterLocalWorld();
    const spec = await forked(world, `import os; print(os.getppid(), os.environ["RANK"])`);
    const handle = await world.provider.start("att_forked", spec);
    expect((await untilEnded(world.provider, handle)).kind).toBe("succeeded");
    const lines = await Promise.all(["node-0", "node-1"].map((log) => says(world, handle, log)));
    const [one, other] = lines.map((chunk) => chunk?.text.trim().split(" ") ?? []);
    expect(one?.[0]).toBe(other?.[0]);
    expect([one?.[1], other?.[1]]).toEqual(["0", "1"]);
  },
);

test.skipIf(process.platform !== "linux")(
  "the memory of a fork counts as the attempt's, and a cancel leaves nothing of it",
  async () => {
    const world = await enterLocalWorld();
    const program = `import os, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nkept = bytearray(300_000_000)\nos.fork()\nos.write(1, f"{os.getpid()}\\n".encode())\ntime.sleep(600)`;
    const handle = await world.provider.start("att_ended", await forked(world, program));
    await untilKind(world.provider, handle, "running");
    await until(
      () => observeOne(world.provider, handle),
      (seen) => seen.kind === "running" && (seen.usage?.memoryBytes ?? 0) > 600_000_000,
    );
    const printed = await Promise.all(["node-0", "node-1"].map((log) => says(world, handle, log)));
    const pids = printed.flatMap((chunk) => chunk?.text.trim().split("\n").map(Number) ?? []);
    expect(pids).toHaveLength(4);
    await world.provider.cancel(handle);
    expect(await untilEnded(world.provider, handle)).toEqual({ kind: "cancelled" });
    const alive = new Set(listProcesses().map((row) => row.pid));
    expect(pids.filter((pid) => alive.has(pid))).toEqual([]);
  },
);
