import { faultOf } from "@preceptor/azure";
import { expect, it } from "vitest";
import { z } from "zod";
import type { Fault, FaultRule } from "./index.ts";
import { aFake, Anything, send, statusOf } from "./test-world.ts";

const Refused = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

it("lets nobody in without a token that is valid, of this tenant and for this audience", async () => {
  const { fake, client } = await aFake({ jobs: "pretend" });
  const codeWith = async (token: string | null): Promise<string> => {
    const headers: Record<string, string> =
      token === null ? {} : { authorization: `Bearer ${token}` };
    const path = `${client.resourceId}?api-version=2024-04-01`;
    const { status, text } = await send(fake, path, { headers });
    return status === 200 ? "in" : `${status} ${Refused.parse(JSON.parse(text)).error.code}`;
  };
  const arm = "https://management.azure.com";
  const foreign = fake.token(arm, 60).split(".");
  foreign[1] = Buffer.from(
    Buffer.from(foreign[1] ?? "", "base64url")
      .toString()
      .replaceAll("face", "cafe"),
  ).toString("base64url");
  expect(await codeWith(null)).toBe("401 AuthenticationFailed");
  expect(await codeWith(fake.token(arm, -1))).toBe("401 ExpiredAuthenticationToken");
  expect(await codeWith(foreign.join("."))).toBe("401 InvalidAuthenticationTokenTenant");
  expect(await codeWith(fake.token("https://storage.azure.com", 60))).toBe(
    "401 InvalidAuthenticationTokenAudience",
  );
  expect(await codeWith(fake.token(arm, 60))).toBe("in");
});

it("a fault meets the requests it names, before or after the effect, and no other", async () => {
  const world = await aFake({ jobs: "pretend" });
  const { fake, client } = world;
  const environmentId = await world.environment("bare");
  const computeId = `${client.resourceId}/computes/gpu-cluster`;
  const submit = (name: string) =>
    world.put(`/jobs/${name}`, {
      jobType: "Command",
      command: "python x",
      environmentId,
      computeId,
    });
  const exists = (name: string): Promise<boolean> =>
    statusOf(client, name).then(
      () => true,
      () => false,
    );
  const meets = async (fault: Fault, name: string) => {
    fake.faults.add({ method: "PUT", path: `/jobs/${name}`, fault });
    const kind = await submit(name).then(
      () => "none",
      (error: unknown) => faultOf(error).kind,
    );
    return { kind, happened: await exists(name) };
  };
  const lost = { kind: "unreachable", happened: false };
  expect(await meets({ kind: "hang-up" }, "a")).toEqual(lost);
  expect(await meets({ kind: "hang-up", after: true }, "b")).toEqual({ ...lost, happened: true });
  expect(await meets({ kind: "broken-json" }, "c")).toEqual({ kind: "garbled", happened: true });
  expect(await meets({ kind: "conflict" }, "d")).toEqual({ kind: "conflict", happened: false });
  expect(await meets({ kind: "role-missing" }, "e")).toEqual({
    kind: "forbidden",
    happened: false,
  });
  expect(await meets({ kind: "wrong-subscription" }, "f")).toEqual({
    kind: "wrong-subscription",
    happened: false,
  });
  await submit("a");
  const rule: FaultRule = {
    method: "GET",
    path: "/jobs/a",
    times: 1,
    fault: { kind: "status-word", word: "Resting" },
  };
  await send(fake, "/fake/faults", { method: "POST", body: rule });
  expect(await statusOf(client, "a")).toBe("Resting");
  expect(await statusOf(client, "a")).toBe("Running");
  expect(fake.faults.list()).toEqual([]);
});

it("a list that lags misses what is new; a long one comes in pages", async () => {
  const world = await aFake({ jobs: "pretend", pageSize: 2 });
  const environmentId = await world.environment("bare");
  const computeId = `${world.client.resourceId}/computes/gpu-cluster`;
  for (const name of ["a", "b", "c"])
    await world.put(`/jobs/${name}`, {
      jobType: "Command",
      command: "python x",
      environmentId,
      computeId,
    });
  const names = async (): Promise<string[]> => {
    const found: string[] = [];
    const { resourceGroup, workspace } = world.fake.workspace;
    for await (const job of world.client.ml.jobs.list(resourceGroup, workspace))
      found.push(job.name ?? "");
    return found;
  };
  expect(await names()).toEqual(["c", "b", "a"]);
  world.fake.faults.add({ path: "/jobs\\?", times: null, fault: { kind: "lag", ms: 60_000 } });
  expect(await names()).toEqual([]);
});

it("makes a cluster, changes its size and deletes it, saying on the way that it is busy", async () => {
  const { client } = await aFake({ operationMs: 200 });
  const path = "/computes/small";
  const properties = {
    computeType: "AmlCompute",
    properties: { vmSize: "Standard_DS3_v2", scaleSettings: { minNodeCount: 1, maxNodeCount: 2 } },
  };
  const made = await client.exchange({
    method: "PUT",
    path,
    body: { location: "westeurope", properties },
    schema: Anything,
  });
  expect(made.status).toBe(201);
  const again = client.send({ method: "PUT", path, body: { properties }, schema: Anything });
  expect(await again.catch((error: unknown) => faultOf(error).kind)).toBe("conflict");
  const operation = new URL(made.header("azure-asyncoperation") ?? "").pathname;
  const Status = z.object({ status: z.string() });
  await expect
    .poll(() => client.send({ method: "GET", path: operation, schema: Status }), {
      timeout: 20_000,
    })
    .toEqual({ status: "Succeeded" });
  const Nodes = z.object({ nodes: z.array(z.looseObject({ nodeState: z.string() })) });
  const { nodes } = await client.send({ method: "POST", path: `${path}/listNodes`, schema: Nodes });
  expect(nodes.map(({ nodeState }) => nodeState)).toEqual(["idle"]);
  const query = { underlyingResourceAction: "Delete" };
  await client.send({ method: "DELETE", path, query, schema: Anything });
  const gone = async (): Promise<string> =>
    client.send({ method: "GET", path, schema: Anything }).then(
      () => "there",
      (error: unknown) => faultOf(error).kind,
    );
  await expect.poll(gone, { timeout: 20_000 }).toBe("not-found");
});
