import { expect, test } from "vitest";
import type { AttemptSpec } from "../provider.ts";
import { clusterBody, clusterOf, resizeBody } from "./cluster-body.ts";
import { codeVersion } from "./code-body.ts";
import { dockerfile, environmentBody, environmentName } from "./environment-body.ts";
import { jobBody } from "./job-body.ts";
import { sha256Hex } from "./names.ts";
import { azureTarget, smallSpec } from "./test-target.ts";

const onCluster = { computeId: "/compute" };
const body = (
  change: Partial<AttemptSpec> = {},
  target: object = {},
  machines: Parameters<typeof jobBody>[0]["machines"] = onCluster,
) =>
  jobBody({
    attemptId: "att_1",
    spec: { ...smallSpec, ...change },
    target: { ...azureTarget, ...target },
    codeId: "/code",
    environmentId: "/environment",
    machines,
    inputs: { "train-set": "preceptor/inputs/aa" },
    resumeFrom: change.resumeFrom ? "preceptor/inputs/bb" : null,
    manifests: change.inputs ? "preceptor/inputs/cc" : null,
  }).properties;

test("inputs are mounted read-only, outputs written through at once to addresses of our own", () => {
  const { inputs, outputs } = body({ inputs: { "train-set": [] } });
  expect(inputs).toEqual({
    train_set: {
      jobInputType: "uri_folder",
      mode: "ReadOnlyMount",
      uri: "azureml://datastores/store/paths/preceptor/inputs/aa/",
    },
    preceptor_manifests: {
      jobInputType: "uri_folder",
      mode: "ReadOnlyMount",
      uri: "azureml://datastores/store/paths/preceptor/inputs/cc/",
    },
  });
  expect(outputs["checkpoints"]).toEqual({
    jobOutputType: "uri_folder",
    mode: "ReadWriteMount",
    uri: "azureml://datastores/store/paths/preceptor/attempts/att_1/checkpoints/",
  });
});

const file = { path: "a.txt", sha256: "1".repeat(64), sizeBytes: 1, link: "file:///a" };

test("the command names every folder it is given, and quotes what a shell would read", () => {
  const { command } = body({
    inputs: { "train-set": [file], empty: [] },
    resumeFrom: { name: "checkpoint-40", files: [file] },
    command: ["python", "a b.py", "it's", "$HOME", "--x=1"],
  });
  expect(command).toBe(
    "python preceptor_run.py --input train_set=${{inputs.train_set}} --input empty=${{inputs.empty}} " +
      "--resume-from ${{inputs.resume_from}}/checkpoint-40 --manifests ${{inputs.preceptor_manifests}} " +
      `--verify train_set=${sha256Hex(`${file.sha256}  1  a.txt\n`)} ` +
      `--verify resume_from=${sha256Hex(`${file.sha256}  1  checkpoint-40/a.txt\n`)} --disk-quota 1 --log-limit 1 ` +
      "--checkpoints ${{outputs.checkpoints}} --outputs ${{outputs.outputs}} --state ${{outputs.state}} " +
      "--distribution pytorch --nodes 1 --processes-per-node 1 -- python 'a b.py' 'it'\\''s' '$HOME' --x=1",
  );
});

const shapes: readonly [string, Partial<AttemptSpec>, object | undefined][] = [
  [
    "pytorch: Azure starts every process",
    { distribution: "pytorch", nodes: 2, processesPerNode: 8 },
    { distributionType: "PyTorch", processCountPerInstance: 8 },
  ],
  [
    "mpi: as many a node as asked",
    { distribution: "mpi", nodes: 2, processesPerNode: 4 },
    { distributionType: "Mpi", processCountPerInstance: 4 },
  ],
  ["none on one node: no distribution", { distribution: "none" }, undefined],
  [
    "none on several nodes: the command once a node",
    { distribution: "none", nodes: 3, processesPerNode: 4 },
    { distributionType: "PyTorch", processCountPerInstance: 1 },
  ],
];
test.for(shapes)("%s", ([, change, distribution]) => {
  expect(body(change).distribution).toEqual(distribution);
});

test.for([
  ["dedicated", "Standard"],
  ["spot", "Spot"],
] as const)("serverless: %s machines of one kind, no cluster", ([tier, jobTier]) => {
  const job = body({ tier, nodes: 2 }, {}, { instanceType: "Standard_NC24ads_A100_v4" });
  expect(job).not.toHaveProperty("computeId");
  expect(job).toMatchObject({
    queueSettings: { jobTier },
    resources: { instanceCount: 2, instanceType: "Standard_NC24ads_A100_v4" },
  });
});

test("on a cluster neither the kind of machine nor the queue is named: both are the cluster's", () => {
  const job = body({ tier: "spot" });
  expect(job.computeId).toBe("/compute");
  expect(job).not.toHaveProperty("queueSettings");
  expect(job.resources).not.toHaveProperty("instanceType");
});

test("serverless machines without the name of their kind are refused", () => {
  expect(() => body({}, {}, { instanceType: "" })).toThrow(
    expect.objectContaining({ code: "invalid" }),
  );
});

const refused: readonly [string, Partial<AttemptSpec>, object?][] = [
  ["no command", { command: [] }],
  ["no nodes", { nodes: 0 }],
  ["half a process", { processesPerNode: 0.5 }],
  ["no time limit", { timeoutMs: 0 }],
  ["shared memory without a unit", {}, { sharedMemory: "8" }],
  ["shared memory of nothing", {}, { sharedMemory: "0g" }],
  ["an argument Azure would read as a binding", { command: ["echo", "${{inputs.train}}"] }],
  ["an argument with a line break", { command: ["echo", "a\nb"] }],
  ["an input that is no name", { inputs: { "a;b": [] } }],
  ["two inputs of one variable", { inputs: { "a-b": [], a_b: [] } }],
  ["an input in the place of the checkpoint", { inputs: { "resume-from": [] } }],
  ["an input in the place of the lists", { inputs: { "preceptor-manifests": [] } }],
  ["a variable that is no name", { environment: { "A B": "1" } }],
  ["secrets without a ticket for them", { secrets: { MLFLOW_TRACKING_TOKEN: "t" } }],
];
test.for(refused)("refused: %s", ([, change, target]) => {
  expect(() => body(change, target)).toThrow(expect.objectContaining({ code: "invalid" }));
});

test("our own tracking variables and a ticket go into the job's variables, and no secret does", () => {
  const { environmentVariables, limits, resources } = body({
    environment: { MLFLOW_RUN_ID: "run" },
    secrets: { MLFLOW_TRACKING_TOKEN: "t" },
    ticket: { url: "https://preceptor.example.org/api/attempts/exchange", value: "once" },
    parameters: { rate: 0.1 },
    timeoutMs: 1500,
  });
  expect(environmentVariables).toMatchObject({
    MLFLOW_RUN_ID: "run",
    PRECEPTOR_TICKET: "once",
    PRECEPTOR_TICKET_URL: "https://preceptor.example.org/api/attempts/exchange",
    PRECEPTOR_PARAMETERS_JSON: '{"rate":0.1}',
  });
  expect(environmentVariables).not.toHaveProperty("MLFLOW_TRACKING_TOKEN");
  expect(limits.timeout).toBe("PT2S");
  expect(resources).toEqual({ instanceCount: 1, shmSize: "8g" });
});

test("the same image and requirements are one environment, another of either is another", () => {
  const plan = { image: "image@sha256:1", requirementsSha256: "a" };
  expect(environmentName(plan)).toMatch(/^preceptor-[0-9a-f]{24}$/);
  expect(environmentName({ ...plan })).toBe(environmentName(plan));
  expect(environmentName({ ...plan, image: "other" })).not.toBe(environmentName(plan));
  expect(environmentName({ ...plan, requirementsSha256: null })).not.toBe(environmentName(plan));
});

test("requirements are installed into an image of our own without what they depend on; without any it is the image itself", () => {
  const plan = { image: "registry.invalid/train:1@sha256:aa", requirementsSha256: "a" };
  const text = dockerfile(plan);
  expect(text).toMatch(/^FROM registry\.invalid\/train:1@sha256:aa\nCOPY requirements\.txt /);
  expect(text).toMatch(/ -m pip install --no-deps .*\n.* --requirement \S*requirements\.txt\n/);
  expect(() => dockerfile({ ...plan, image: "a\nRUN b" })).toThrow("cannot be the name");
  const { properties } = environmentBody(plan, "https://account.invalid/code-1/code");
  expect(properties).toMatchObject({
    build: { contextUri: "https://account.invalid/code-1/code" },
  });
  expect(properties).not.toHaveProperty("image");
  const bare = environmentBody({ image: "i", requirementsSha256: null }, null).properties;
  expect(bare).toMatchObject({ image: "i" });
  expect(bare).not.toHaveProperty("build");
});

test("code is named by what is in it, not by where it is linked or in which order", () => {
  const one = { path: "a.py", sha256: "1".repeat(64), sizeBytes: 1, link: "file:///a" };
  const two = { path: "b.py", sha256: "2".repeat(64), sizeBytes: 1, link: "file:///b" };
  const version = codeVersion([one, two]);
  expect(version).toMatch(/^[0-9a-f]{40}$/);
  expect(codeVersion([two, { ...one, link: "https://elsewhere" }])).toBe(version);
  expect(codeVersion([one, { ...two, path: "c.py" }])).not.toBe(version);
});

const cluster = {
  name: "gpu",
  instanceType: "Standard_NC24ads_A100_v4",
  tier: "spot",
  minNodes: 0,
  maxNodes: 4,
  idleSeconds: 120,
  subnet: null,
  identity: null,
} as const;

test("a spot cluster is one of low priority, without a login of its own", () => {
  expect(clusterBody(cluster, "westeurope")).toEqual({
    location: "westeurope",
    identity: { type: "SystemAssigned" },
    properties: {
      computeType: "AmlCompute",
      disableLocalAuth: true,
      properties: {
        osType: "Linux",
        vmSize: "Standard_NC24ads_A100_v4",
        vmPriority: "LowPriority",
        scaleSettings: { minNodeCount: 0, maxNodeCount: 4, nodeIdleTimeBeforeScaleDown: "PT120S" },
        remoteLoginPortPublicAccess: "Disabled",
      },
    },
  });
});

test("a cluster in a subnet gives its nodes no public address; one of the service's network leaves that to the service", () => {
  const subnet =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/n/subnets/c";
  expect(clusterBody({ ...cluster, subnet }, "r").properties.properties).toMatchObject({
    subnet: { id: subnet },
    enableNodePublicIp: false,
  });
  expect(clusterBody(cluster, "r").properties.properties).not.toHaveProperty("enableNodePublicIp");
});

test("what cannot be a cluster is refused before it is sent", () => {
  const invalid = expect.objectContaining({ code: "invalid" });
  expect(() => resizeBody({ minNodes: 3, maxNodes: 2, idleSeconds: 1 })).toThrow(invalid);
  expect(() => resizeBody({ minNodes: -1, maxNodes: 2, idleSeconds: 1 })).toThrow(invalid);
  expect(() => clusterBody({ ...cluster, instanceType: "../x" }, "r")).toThrow(invalid);
  expect(() => clusterBody({ ...cluster, subnet: "mine" }, "r")).toThrow(invalid);
});

test("a compute of another kind is no cluster, and missing counts are none", () => {
  const answer = { name: "x", properties: { computeType: "ComputeInstance" } };
  expect(clusterOf(answer)).toBeNull();
  const creating = { computeType: "AmlCompute", provisioningState: "Creating" };
  expect(clusterOf({ name: "x", properties: creating })).toMatchObject({
    state: "creating",
    nodes: { running: 0 },
  });
});
