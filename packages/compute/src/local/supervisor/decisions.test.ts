import { describe, expect, test } from "vitest";
import { parsePs } from "../processes.ts";
import { endingOf, type Stop } from "./ending.ts";
import { nodeArgv } from "./node-argv.ts";
import { PipProgress } from "./pip-progress.ts";
import { isRecent } from "./python.ts";
import { UsageMeter } from "./usage.ts";

describe("what a node starts", () => {
  const command = ["python", "main.py", "--fast"];
  const torchrun = (node: number): string[] => [
    "/venv/python",
    "-m",
    "torch.distributed.run",
    "--nnodes=2",
    "--nproc-per-node=4",
    `--node-rank=${node}`,
    "--master-addr=127.0.0.1",
    "--master-port=4000",
  ];
  test.each([
    {
      name: "one process a node -> the program itself",
      nodes: 2,
      processesPerNode: 1,
      command,
      argv: ["/venv/python", "main.py", "--fast"],
    },
    {
      name: "more processes a node -> torchrun around it",
      nodes: 2,
      processesPerNode: 4,
      command,
      argv: [...torchrun(1), "main.py", "--fast"],
    },
    {
      name: "more processes of no Python program -> torchrun told so",
      nodes: 2,
      processesPerNode: 4,
      command: ["./train", "x"],
      argv: [...torchrun(1), "--no-python", "./train", "x"],
    },
    {
      name: "no distribution -> the program itself, whatever the processes",
      nodes: 1,
      processesPerNode: 4,
      distribution: "none" as const,
      command: ["./train"],
      argv: ["./train"],
    },
  ])("$name", ({ argv, distribution, ...spec }) => {
    expect(
      nodeArgv({ ...spec, distribution: distribution ?? "pytorch" }, ["/venv/python"], {
        node: 1,
        masterPort: 4000,
      }),
    ).toEqual(argv);
  });
});

describe("how an attempt ended", () => {
  const failed = (
    exit: Partial<{ code: number; signal: NodeJS.Signals }>,
    killedForMemory = false,
  ): Stop => ({
    kind: "node-failed",
    node: 0,
    exit: { code: null, signal: null, ...exit },
    killedForMemory,
  });
  test.each<[string, Stop, string]>([
    ["an exit code -> exit-code", failed({ code: 2 }), "exit-code"],
    [
      "killed, and the kernel says for memory -> out-of-memory",
      failed({ signal: "SIGKILL" }, true),
      "out-of-memory",
    ],
    [
      "killed, and nobody says why -> killed-by-signal, not a guess",
      failed({ signal: "SIGKILL" }),
      "killed-by-signal",
    ],
    ["past its time -> timeout", { kind: "timeout", timeoutMs: 1000 }, "timeout"],
    [
      "past its disk -> disk-quota",
      { kind: "disk-quota", usedBytes: 2, quotaBytes: 1 },
      "disk-quota",
    ],
  ])("%s", (_, stop, cause) => {
    expect(endingOf(stop)).toMatchObject({ kind: "failed", cause });
  });
});

describe("what pip prints", () => {
  test("collecting is counted against the requirements, unpacking by what is installed", () => {
    const pip = new PipProgress(
      "# pinned\nnumpy==2.0.0 \\\n    --hash=sha256:00\ntorch==2.13.0\ntomli==2.0.0; python_version < '3.11'\n",
    );
    pip.line("Looking in indexes: somewhere");
    pip.line("Ignoring tomli: markers 'python_version < \"3.11\"' don't match your environment");
    pip.line("Collecting numpy==2.0.0 (from -r requirements.txt (line 2))");
    expect([pip.message, pip.fraction(0)]).toEqual(["collecting numpy==2.0.0 (1 of 2)", 0.3]);
    pip.line("Processing /wheels/torch-2.13.0-cp313.whl (from -r requirements.txt (line 4))");
    expect(pip.message).toBe("collecting torch-2.13.0-cp313.whl (2 of 2)");
    pip.line("Installing collected packages: numpy, torch");
    expect([pip.message, pip.fraction(1)]).toEqual(["installing 2 packages", 0.8]);
  });
  test.each([
    [
      "its last ERROR line -> the reason",
      ["ERROR: first", "ERROR: No matching distribution found for a==9", "note: x"],
      "No matching distribution found for a==9",
    ],
    [
      "a full disk, however it is told -> a sentence about the disk",
      ["ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"],
      "the disk is full: free some space and start again",
    ],
    ["no ERROR line -> the last line", ["Traceback", "KeyError: 1", ""], "KeyError: 1"],
  ])("%s", (_, lines, reason) => {
    const pip = new PipProgress("a==9");
    for (const line of lines) pip.line(line);
    expect(pip.failure).toBe(reason);
  });
});

test.each([
  ["3.9.18", false],
  ["3.10.0", true],
  ["3.14.1", true],
  ["2.7.18", false],
])("Python %s is recent enough: %s", (version, recent) => {
  expect(isRecent(version)).toBe(recent);
});

test("ps of a system without /proc: zombies are left out, times have days, hours and fractions", () => {
  const text = [
    "  812     1   812  10240 Ss       0:01.50 Mon Nov  3 10:00:00 2025",
    "  900   812   812    100 Z        0:00.00 Mon Nov  3 10:00:01 2025",
    "  901   812   812  20480 R     1-02:03:04 Mon Nov  3 10:00:02 2025",
  ].join("\n");
  expect(parsePs(text)).toEqual([
    {
      pid: 812,
      parent: 1,
      group: 812,
      session: 812,
      memoryBytes: 10_485_760,
      cpuMs: 1500,
      started: "Mon Nov 3 10:00:00 2025",
    },
    {
      pid: 901,
      parent: 812,
      group: 812,
      session: 812,
      memoryBytes: 20_971_520,
      cpuMs: 93_784_000,
      started: "Mon Nov 3 10:00:02 2025",
    },
  ]);
});

test("usage counts a number given to another process as a new process", () => {
  const row = { pid: 7, parent: 1, group: 7, session: 7, memoryBytes: 100 };
  const meter = new UsageMeter();
  expect(meter.measure([{ ...row, started: "a", cpuMs: 5000 }], 0)).toBeNull();
  expect(meter.measure([{ ...row, started: "a", cpuMs: 6500 }], 1000)).toEqual({
    cpuCores: 1.5,
    memoryBytes: 100,
  });
  expect(meter.measure([{ ...row, started: "b", cpuMs: 200 }], 2000)).toEqual({
    cpuCores: 0.2,
    memoryBytes: 100,
  });
});
