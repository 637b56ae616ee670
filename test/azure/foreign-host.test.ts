import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { faultOf } from "@preceptor/azure";
import { expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { aFake, Anything, type FakeWorld } from "../fake-azure/test-world.ts";

const Tls = z.object({ server: z.object({ cert: z.string(), key: z.string() }) });

/** Another host that a client would trust as much: it has a certificate of the same authority, and notes who comes. */
async function aForeignHost({ folder }: FakeWorld): Promise<{ origin: string; heard: string[] }> {
  const { server: tls } = Tls.parse(JSON.parse(await readFile(join(folder, "tls.json"), "utf8")));
  const heard: string[] = [];
  const server = createServer(tls, (message, response) => {
    heard.push(`${message.method} ${message.url} ${message.headers.authorization ?? "no token"}`);
    response
      .writeHead(200, { "content-type": "application/json" })
      .end('{"value":[],"status":"Succeeded"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

it("no token, and no request at all, goes to a host that an answer of Azure names", async () => {
  const world = await aFake({ jobs: "pretend", pageSize: 1 });
  const { client, fake } = world;
  const { resourceGroup, workspace } = fake.workspace;
  const { origin, heard } = await aForeignHost(world);
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
