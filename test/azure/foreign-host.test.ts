import { faultOf } from "@preceptor/azure";
import { expect, it } from "vitest";
import { aFake, Anything } from "../fake-azure/test-world.ts";
import { aForeignHost } from "./foreign-host.ts";

it("no token, and no request at all, goes to a host that an answer of Azure names", async () => {
  const world = await aFake({ jobs: "pretend", pageSize: 1 });
  const { client, fake } = world;
  const { resourceGroup, workspace } = fake.workspace;
  const { origin, heard } = await aForeignHost(world.folder);
  const environmentId = await world.environment("bare");
  const computeId = `${client.resourceId}/computes/gpu-cluster`;
  for (const name of ["a", "b"])
    await world.put(`/jobs/${name}`, {
      jobType: "Command",
      command: "python x",
      environmentId,
      computeId,
    });
  const outcome = (asking: Promise<unknown>): Promise<string> =>
    asking.then(
      () => "followed",
      (error: unknown) => faultOf(error).kind,
    );
  const everyJob = async (): Promise<void> => {
    for await (const _ of client.ml.jobs.list(resourceGroup, workspace));
  };
  const cluster = {
    location: "westeurope",
    properties: {
      computeType: "AmlCompute",
      properties: { vmSize: "Standard_DS3_v2", scaleSettings: { maxNodeCount: 1 } },
    },
  };

  fake.faults.add({ path: "/jobs/a", fault: { kind: "redirect", origin } });
  await outcome(client.send({ method: "GET", path: "/jobs/a", schema: Anything }));
  fake.faults.add({ path: "/jobs\\?", fault: { kind: "foreign-link", origin } });
  expect(await outcome(everyJob())).not.toBe("followed");
  fake.faults.add({ method: "PUT", path: "/computes/c1", fault: { kind: "foreign-link", origin } });
  const made = client.ml.computeOperations.beginCreateOrUpdateAndWait(
    resourceGroup,
    workspace,
    "c1",
    {
      ...cluster,
      properties: { ...cluster.properties, computeType: "AmlCompute" },
    },
  );
  expect(await outcome(made)).not.toBe("followed");
  expect(heard).toEqual([]);
});
