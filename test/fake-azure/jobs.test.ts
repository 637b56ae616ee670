import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readLinked } from "@preceptor/azure";
import { expect, it } from "vitest";
import { z } from "zod";
import { aFake, statusOf, until, type FakeWorld } from "./test-world.ts";

const program = `
import os, sys, time
rank, out = os.environ["RANK"], sys.argv[2]
print("rank", rank, "of", os.environ["WORLD_SIZE"], "read", open(sys.argv[1] + "/a.txt").read(), flush=True)
name = os.path.join(out, "rank-%s.txt" % rank)
open(name, "w").write("early")
gates = [os.path.join(out, "go"), os.environ["GATE"]]
while not any(map(os.path.exists, gates)):
    time.sleep(0.05)
open(name, "w").write("early and late")
sys.exit(int(open(next(filter(os.path.exists, gates))).read()))
`;

async function aJob(world: FakeWorld, name: string, go: string | null, nodes = 2): Promise<void> {
  const at = (path: string): string => `azureml://datastores/workspaceblobstore/paths/${path}/`;
  await world.container.getBlockBlobClient("in/a.txt").uploadData(Buffer.from("the input"));
  if (go !== null)
    await world.container.getBlockBlobClient(`out/${name}/go`).uploadData(Buffer.from(go));
  await world.put(`/jobs/${name}`, {
    jobType: "Command",
    command: "python main.py ${{inputs.data}} ${{outputs.result}}",
    codeId: await world.code(`code-${name}`, { "main.py": program }),
    environmentId: await world.environment("bare"),
    computeId: `${world.client.resourceId}/computes/gpu-cluster`,
    inputs: { data: { jobInputType: "uri_folder", mode: "ReadOnlyMount", uri: at("in") } },
    outputs: {
      result: { jobOutputType: "uri_folder", mode: "ReadWriteMount", uri: at(`out/${name}`) },
    },
    environmentVariables: { GATE: join(world.folder, name) },
    resources: { instanceCount: nodes },
    distribution: { distributionType: "PyTorch", processCountPerInstance: 1 },
  });
}

const Details = z.looseObject({
  status: z.string(),
  logFiles: z.record(z.string(), z.string()),
  error: z.looseObject({ error: z.looseObject({ message: z.string() }) }).nullable(),
  warnings: z.array(z.looseObject({ message: z.string() })),
});
const detailsOf = ({ client }: FakeWorld, job: string) =>
  client.history(`/runs/${job}/details`, Details);

const textOf = async ({ container }: FakeWorld, name: string): Promise<string | null> => {
  const blob = container.getBlobClient(name);
  return (await blob.exists()) ? (await blob.downloadToBuffer()).toString() : null;
};

it("runs every process, shows what is written while it runs, and its logs by link", async () => {
  const world = await aFake();
  await aJob(world, "two-nodes", "0");
  const status = await until(
    () => statusOf(world.client, "two-nodes"),
    (now) => /^(Completed|Failed)$/.test(now),
  );
  expect(status).toBe("Completed");
  expect(await textOf(world, "out/two-nodes/rank-1.txt")).toBe("early and late");
  const { logFiles } = await detailsOf(world, "two-nodes");
  const range = { offset: 0, lengthBytes: 1000 };
  const log = await readLinked(
    world.connection,
    logFiles["user_logs/std_log_process_1.txt"] ?? "",
    range,
  );
  expect(log.bytes.toString()).toBe("rank 1 of 2 read the input\n");
});

it("goes on with a running job after a crash, and knows how it ended", async () => {
  const world = await aFake();
  await aJob(world, "crash", null, 1);
  await until(
    () => textOf(world, "out/crash/rank-0.txt"),
    (text) => text === "early",
  );
  await world.restart();
  expect(await statusOf(world.client, "crash")).toBe("Running");
  // Renamed in whole: the program reads it as soon as it is there.
  await writeFile(join(world.folder, "crash.new"), "0");
  await rename(join(world.folder, "crash.new"), join(world.folder, "crash"));
  const ends = await until(
    () => statusOf(world.client, "crash"),
    (now) => now !== "Running" && now !== "Finalizing",
  );
  expect(ends).toBe("Completed");
  expect(await textOf(world, "out/crash/rank-0.txt")).toBe("early and late");
});

it("says why it failed, with the log to look at", async () => {
  const world = await aFake();
  await aJob(world, "fails", "3", 1);
  await until(
    () => statusOf(world.client, "fails"),
    (now) => now === "Failed",
  );
  expect((await detailsOf(world, "fails")).error?.error.message).toContain(
    "User process 'python' exited with status code 3. Please check log file 'user_logs/std_log.txt'",
  );
});

it.each([
  { shape: "restart" as const, ends: "Completed", told: "" },
  { shape: "fail" as const, ends: "Failed", told: "PreemptionError" },
  { shape: "by-hand" as const, ends: "Canceled", told: "PreemptionError" },
])("a machine taken away in the shape $shape ends $ends", async ({ shape, ends, told }) => {
  const world = await aFake();
  await aJob(world, "spot", null, 1);
  await until(
    () => textOf(world, "out/spot/rank-0.txt"),
    (text) => text === "early",
  );
  // In the storage, but not on the machine: only a start on another machine sees it.
  await world.container.getBlockBlobClient("out/spot/go").uploadData(Buffer.from("0"));
  world.fake.preempt("spot", shape);
  const ended = await until(
    () => statusOf(world.client, "spot"),
    (now) => /^(Completed|Failed|Canceled)$/.test(now),
  );
  const { error, warnings, logFiles } = await detailsOf(world, "spot");
  expect(ended).toBe(ends);
  expect((error?.error.message ?? "") + warnings.map(({ message }) => message).join()).toContain(
    told,
  );
  const again = Object.keys(logFiles).includes("retry_001/user_logs/std_log.txt");
  expect(again).toBe(shape === "restart");
});

it("a job that Azure prepares for ever can still be cancelled", async () => {
  const world = await aFake();
  const fault = { kind: "stall" as const, phase: "Preparing" as const };
  world.fake.faults.add({ method: "PUT", path: "/jobs/slow", fault });
  await aJob(world, "slow", "0", 1);
  await until(
    () => statusOf(world.client, "slow"),
    (now) => now === "Preparing",
  );
  await world.client.send({ method: "POST", path: "/jobs/slow/cancel", schema: z.unknown() });
  await until(
    () => statusOf(world.client, "slow"),
    (now) => now === "Canceled",
  );
});

it("what ends here leaves a job of the same name in another service alone", async () => {
  const [here, there] = await Promise.all([aFake(), aFake()]);
  for (const world of [here, there]) {
    await aJob(world, "namesake", null, 1);
    await until(
      () => textOf(world, "out/namesake/rank-0.txt"),
      (text) => text === "early",
    );
  }
  await here.client.send({ method: "POST", path: "/jobs/namesake/cancel", schema: z.unknown() });
  await until(
    () => statusOf(here.client, "namesake"),
    (now) => now === "Canceled",
  );
  await writeFile(join(there.folder, "namesake.new"), "0");
  await rename(join(there.folder, "namesake.new"), join(there.folder, "namesake"));
  const ends = await until(
    () => statusOf(there.client, "namesake"),
    (now) => /^(Completed|Failed|Canceled)$/.test(now),
  );
  expect(ends).toBe("Completed");
});
