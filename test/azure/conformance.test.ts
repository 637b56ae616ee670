import { expect, it } from "vitest";
import type { Exchange } from "../fake-azure/index.ts";
import { aFake, Anything } from "../fake-azure/test-world.ts";
import { descriptionIsHere, violationsOf } from "./conformance.ts";

const workspace =
  "/subscriptions/00000000-0000-4000-8000-000000005ab5/resourceGroups/group/providers/Microsoft.MachineLearningServices/workspaces/notes";

/** A request for a job with one input, and an answer that is as it should be. */
function submitted(input: object, shmSize: string, status = "Running"): Exchange {
  const properties = {
    jobType: "Command",
    command: "python main.py ${{inputs.train}}",
    environmentId: `${workspace}/environments/e/versions/1`,
    inputs: { train: { jobInputType: "uri_folder", mode: "ReadOnlyMount", ...input } },
    resources: { instanceCount: 1, shmSize },
  };
  const id = `${workspace}/jobs/a`;
  return {
    method: "PUT",
    url: `https://127.0.0.1:1${id}?api-version=2024-04-01`,
    requestHeaders: { "content-type": "application/json" },
    requestBody: { properties },
    status: 201,
    responseHeaders: { "content-type": "application/json" },
    responseBody: {
      id,
      name: "a",
      type: "Microsoft.MachineLearningServices/workspaces/jobs",
      properties: { ...properties, status },
    },
    fault: "planted",
  };
}
const uri = "azureml://datastores/workspaceblobstore/paths/in/";

it.runIf(descriptionIsHere)(
  "a planted violation is caught, and what is right is not one",
  async () => {
    expect(await violationsOf([submitted({ uri }, "8g")])).toEqual([]);
    expect(await violationsOf([submitted({}, "8g")])).toEqual([
      expect.stringMatching(/^PUT \/jobs\/a: OBJECT_MISSING_REQUIRED_PROPERTY.*uri/),
    ]);
    expect(await violationsOf([submitted({ uri }, "lots")])).toEqual([
      expect.stringMatching(/^PUT \/jobs\/a: PATTERN.*shmSize/),
    ]);
    const answer = { ...submitted({ uri }, "8g"), fault: null };
    expect(await violationsOf([answer])).toEqual([]);
    const bad = { ...answer, responseBody: { ...(answer.responseBody as object), name: 7 } };
    expect(await violationsOf([bad])).toEqual([expect.stringMatching(/→ 201: INVALID_TYPE.*name/)]);
  },
);

it.runIf(descriptionIsHere)(
  "every answer of the fake is as the official description has it",
  async () => {
    const world = await aFake({ record: true, jobs: "pretend", pageSize: 1 });
    const { client, fake } = world;
    const { resourceGroup, workspace: name } = fake.workspace;
    const get = (path: string) =>
      client.send({ method: "GET", path, schema: Anything }).catch(() => null);
    await client.ml.workspaces.get(resourceGroup, name);
    const codeId = await world.code("code", { "main.py": "print(1)" });
    const environmentId = await world.environment("bare", {
      condaFile: "dependencies: [python=3.11]",
    });
    const computeId = `${client.resourceId}/computes/gpu-cluster`;
    for (const job of ["a", "b"])
      await world.put(`/jobs/${job}`, {
        jobType: "Command",
        command: "python main.py ${{inputs.train}} ${{outputs.out}}",
        codeId,
        environmentId,
        computeId,
        inputs: { train: { jobInputType: "uri_folder", mode: "ReadOnlyMount", uri } },
        outputs: { out: { jobOutputType: "uri_folder", mode: "ReadWriteMount", uri } },
        distribution: { distributionType: "PyTorch", processCountPerInstance: 2 },
        limits: { jobLimitsType: "Command", timeout: "PT1H" },
        resources: { instanceCount: 2, shmSize: "8g" },
        queueSettings: { jobTier: "Standard" },
        tags: { job: "x" },
      });
    for await (const _ of client.ml.jobs.list(resourceGroup, name));
    await client.send({ method: "POST", path: "/jobs/a/cancel", schema: Anything });
    const modelUri = "azureml://datastores/workspaceblobstore/paths/m";
    await world.put("/models/m/versions/1", { modelType: "custom_model", modelUri });
    await world.put(
      "/computes/small",
      {
        computeType: "AmlCompute",
        properties: {
          osType: "Linux",
          vmSize: "Standard_DS3_v2",
          vmPriority: "LowPriority",
          scaleSettings: { minNodeCount: 1, maxNodeCount: 2, nodeIdleTimeBeforeScaleDown: "PT2M" },
        },
      },
      { location: "westeurope" },
    );
    await client.send({ method: "POST", path: "/computes/small/listNodes", schema: Anything });
    await world.put("/onlineEndpoints/notes", { authMode: "Key" }, { location: "westeurope" });
    await client.send({
      method: "POST",
      path: "/onlineEndpoints/notes/listKeys",
      schema: Anything,
    });
    const location = `/subscriptions/${fake.workspace.subscriptionId}/providers/Microsoft.MachineLearningServices/locations/westeurope`;
    const paths = [
      "/jobs/a",
      "/jobs/none",
      "/codes/code/versions/1",
      "/environments/bare/versions/1",
    ];
    paths.push(
      "/models/m/versions/1",
      "/datastores/workspaceblobstore",
      "/datastores",
      "/computes",
    );
    paths.push(
      "/computes/small",
      "/onlineEndpoints",
      "/onlineEndpoints/notes",
      "/onlineEndpoints/no",
    );
    paths.push("/onlineEndpoints/notes/deployments");
    for (const path of paths) await get(path);
    for (const list of ["usages", "quotas", "vmSizes"]) await get(`${location}/${list}`);
    expect(fake.requests.length).toBeGreaterThan(25);
    expect(await violationsOf(fake.requests)).toEqual([]);
  },
);
