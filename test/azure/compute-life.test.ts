import type { ComputeProvider, Observation } from "@preceptor/compute";
import { until, untilEnded, untilKind } from "@preceptor/compute/contract";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld({ record: true });
});
afterAll(() => world.close());
beforeEach(() => world.azure.faults.clear());

/** Saves a checkpoint, then works until it is ended; a second life would leave a second line. */
const saves = `
import os, pathlib, time
folder = pathlib.Path(os.environ["PRECEPTOR_CHECKPOINT_DIR"]) / "checkpoint-1"
folder.mkdir(parents=True, exist_ok=True)
with open(folder / "lives", "a") as file: file.write("life\\n")
while True: time.sleep(0.2)
`;

async function read(provider: ComputeProvider, attemptId: string, path: string): Promise<string> {
  const handle = { provider: "azure-ml", attemptId, data: {} } as const;
  const chunks: Buffer[] = [];
  for await (const chunk of await provider.readProduced(handle, "checkpoints", path))
    chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

test.for(["restart", "fail", "by-hand"] as const)(
  "machines taken back, as Azure does it by %s: the attempt is preempted, over, and was begun once",
  async (shape) => {
    const provider = world.open();
    const id = `att_preempted-${shape}`;
    const handle = await provider.start(id, await world.python(saves));
    await untilKind(provider, handle, "running");
    await until(
      () => provider.listProduced(handle, "checkpoints"),
      (files) => files.length > 0,
    );
    world.azure.preempt(id, shape, 0);
    expect(await untilEnded(provider, handle)).toMatchObject({ kind: "preempted" });
    // A worker that starts only now comes to the same end.
    expect(await untilEnded(world.open(), handle)).toMatchObject({ kind: "preempted" });
    expect(await read(provider, id, "checkpoint-1/lives")).toBe("life\n");
  },
);

test("a word nobody knows is unknown, never a failure, and the attempt goes on", async () => {
  const provider = world.open();
  const handle = await provider.start("att_word", await world.python(saves));
  await untilKind(provider, handle, "running");
  const rule = { path: "/jobs", method: "GET", times: null };
  world.azure.faults.add({ ...rule, fault: { kind: "status-word", word: "Hibernating" } });
  expect(await untilKind(provider, handle, "unknown", "failed", "gone")).toMatchObject({
    kind: "unknown",
    message: expect.stringMatching(/^Azure says Hibernating since .* UTC: .* after 2 hours/),
    note: { phase: "unknown", since: expect.stringMatching(/Z$/) },
  });
  world.azure.faults.clear();
  await untilKind(provider, handle, "running");
  await provider.cancel(handle);
  await untilEnded(provider, handle);
});

test("a cancel that never ends is asked again after its deadline, and says that machines may be paid for", async () => {
  let aheadMs = 0;
  const provider = world.open({ now: () => new Date(Date.now() + aheadMs) });
  const handle = await provider.start("att_stuck", await world.python(saves));
  await untilKind(provider, handle, "running");
  world.azure.faults.add({ path: "/cancel", fault: { kind: "endless-cancel" } });
  await provider.cancel(handle);
  await provider.cancel(handle);
  expect(await untilKind(provider, handle, "finalizing", "cancelled")).toMatchObject({
    kind: "finalizing",
    message: "Azure is stopping it.",
  });
  const asked = () =>
    world.azure.requests.filter(({ url }) => url.includes("/att_stuck/cancel")).length;
  expect(asked()).toBe(1);
  aheadMs = 6 * 60_000;
  const told = await until(
    () => provider.observe([handle]),
    ([seen]) => seen?.kind === "finalizing" && seen.message !== "Azure is stopping it.",
  );
  expect(told).toMatchObject([
    { message: expect.stringMatching(/may still be paid for.*asked again/), overdue: true },
  ]);
  expect(asked()).toBe(2);

  // Another worker that has what was noted does not begin to wait anew, and says so where it cannot ask again.
  const note = told[0]?.note ?? {};
  world.azure.faults.add({ path: "/cancel", times: null, fault: { kind: "expired-credential" } });
  const other = world.open({ now: () => new Date(Date.now() + aheadMs) });
  const [seen] = await other.observe([{ ...handle, data: { ...handle.data, ...note } }]);
  expect(seen).toMatchObject({
    kind: "finalizing",
    overdue: true,
    note,
    message: expect.stringMatching(/asked to stop it \d+ \w+ ago.*could not be asked to stop now/),
  });
});

test("an image prepared past its deadline is stopped and failed for that, also seen by another worker", async () => {
  let aheadMs = 0;
  const provider = world.open({ now: () => new Date(Date.now() + aheadMs) });
  const rule = { path: "/jobs", method: "GET", times: null };
  world.azure.faults.add({ ...rule, fault: { kind: "status-word", word: "Preparing" } });
  const handle = await provider.start("att_slow", await world.python(saves));
  await untilKind(provider, handle, "preparing");
  aheadMs = 31 * 60_000;
  const stopped = () => world.azure.requests.some(({ url }) => url.includes("/att_slow/cancel"));
  await until(() => provider.observe([handle]), stopped);
  world.azure.faults.clear();
  for (const one of [provider, world.open()])
    expect(await untilEnded(one, handle)).toMatchObject({
      kind: "failed",
      cause: "environment-failed",
    });
});

test("what Azure refuses for good is an attempt that failed, with the reason, and no job", async () => {
  const provider = world.open();
  const handle = await provider.start("att_wide", {
    ...(await world.python("print()")),
    nodes: 9,
  });
  for (const one of [provider, world.open()])
    expect(await untilEnded(one, handle)).toMatchObject({
      kind: "failed",
      cause: "start-refused",
      message: expect.stringMatching(/number of nodes, 9/),
    });
});

test.for([
  ["killed by a signal", "import os\nos.kill(os.getpid(), 9)", "killed-by-signal", 60_000, 137],
  ["longer than its time limit", "import time\ntime.sleep(600)", "timeout", 1000, null],
] as const)("a program that is %s says so", async ([name, program, cause, timeoutMs, exitCode]) => {
  const provider = world.open();
  const spec = await world.python(program, { timeoutMs });
  const handle = await provider.start(`att_${name.replaceAll(" ", "-")}`, spec);
  expect(await untilEnded(provider, handle)).toMatchObject({
    kind: "failed",
    cause,
    ...(exitCode === null ? {} : { processes: [{ exitCode }] }),
  });
});

test("an input whose bytes are not what its digest says never starts a job", async () => {
  const provider = world.open();
  const file = { ...(await world.file("a.txt", "right")), sha256: "0".repeat(64) };
  const spec = await world.python("print()", { inputs: { train: [file] } });
  const handle = await provider.start("att_wrong", spec);
  expect(await untilEnded(provider, handle)).toMatchObject({ cause: "input-unavailable" });
});

test("four processes on two nodes find their ranks, inputs, parameters and checkpoint", async () => {
  const provider = world.open();
  const program = `
import json, os, pathlib
names = ("RANK", "LOCAL_RANK", "NODE_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE")
seen = {name: os.environ[name] for name in names}
seen["train"] = (pathlib.Path(os.environ["PRECEPTOR_INPUT_TRAIN_SET"]) / "deep/a.txt").read_text()
seen["parameters"] = json.loads(pathlib.Path(os.environ["PRECEPTOR_PARAMETERS"]).read_text())
resume = pathlib.Path(os.environ["PRECEPTOR_RESUME_FROM"])
seen["resume"] = [resume.name, (resume / "state.json").read_text()]
seen["master"] = "MASTER_ADDR" in os.environ and "MASTER_PORT" in os.environ
print("rank", seen["RANK"])
folder = pathlib.Path(os.environ["PRECEPTOR_CHECKPOINT_DIR"])
(folder / f"{seen['RANK']}.json").write_text(json.dumps(seen))
`;
  const spec = await world.python(program, {
    nodes: 2,
    processesPerNode: 2,
    parameters: { rate: 0.5, name: "it's ${{x}}" },
    inputs: { "train-set": [await world.file("deep/a.txt", "rows")] },
    resumeFrom: { name: "checkpoint-40", files: [await world.file("state.json", "{}")] },
  });
  const handle = await provider.start("att_ranks", spec);
  const ended = await untilEnded(provider, handle);
  expect(ended).toEqual({
    kind: "succeeded",
    processes: [0, 1, 2, 3].map((rank) => ({
      rank,
      node: Math.floor(rank / 2),
      state: "exited",
      exitCode: 0,
    })),
  } satisfies Observation);
  for (const rank of [0, 1, 2, 3])
    expect(JSON.parse(await read(provider, "att_ranks", `${rank}.json`))).toEqual({
      RANK: String(rank),
      LOCAL_RANK: String(rank % 2),
      NODE_RANK: String(Math.floor(rank / 2)),
      WORLD_SIZE: "4",
      LOCAL_WORLD_SIZE: "2",
      train: "rows",
      parameters: { rate: 0.5, name: "it's ${{x}}" },
      resume: ["checkpoint-40", "{}"],
      master: true,
    });
  const { logs } = provider.capabilities;
  expect(await logs?.list(handle)).toEqual(expect.arrayContaining(["node-0", "node-3"]));
  expect((await logs?.read(handle, "node-3", 0, 1000))?.text).toContain("rank 3");
});

test("requirements become an image built from a context of their own, once, and the job runs in it", async () => {
  const spec = await world.python("print('in the image')");
  const requirements = await world.file("requirements.txt", "# nothing beside the image\n");
  const job = { ...spec, code: [...spec.code, requirements], requirements: "requirements.txt" };
  for (const id of ["att_image-1", "att_image-2"]) {
    const provider = world.open();
    const handle = await provider.start(id, job);
    expect(await untilEnded(provider, handle)).toMatchObject({ kind: "succeeded" });
  }
  const puts = world.azure.requests.filter(
    ({ method, url }) => method === "PUT" && url.includes("/environments/"),
  );
  const built = puts.filter(({ requestBody }) =>
    JSON.stringify(requestBody).includes("contextUri"),
  );
  expect(built).toHaveLength(1);
});

test("the same code and inputs are uploaded once, by whomever", async () => {
  const input = await world.file("b.txt", "once");
  const spec = await world.python("print('same')", { inputs: { train: [input] } });
  for (const id of ["att_same-1", "att_same-2"]) {
    const provider = world.open();
    await provider.start(id, spec);
    await untilEnded(provider, { provider: "azure-ml", attemptId: id, data: {} });
  }
  const puts = world.azure.requests.filter(({ method }) => method !== "GET").map(({ url }) => url);
  const [first, second] = ["att_same-1", "att_same-2"].map((id) =>
    puts.findIndex((url) => url.includes(`/jobs/${id}`)),
  );
  expect(puts.slice((first ?? 0) + 1, second)).toEqual([]);
});

test("Azure restarted: what ran is found again and ends", async () => {
  const own = await azureWorld();
  try {
    const handle = await own.open().start("att_again", await own.python(saves));
    await untilKind(own.open(), handle, "running");
    await own.restart();
    const provider = own.open();
    await untilKind(provider, handle, "running");
    await provider.cancel(handle);
    expect(await untilEnded(provider, handle)).toEqual({ kind: "cancelled" });
  } finally {
    await own.close();
  }
});
