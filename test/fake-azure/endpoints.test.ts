import { expect, it } from "vitest";
import { z } from "zod";
import { faultOf } from "@preceptor/azure";
import { aFake, Anything, send, until, type FakeWorld } from "./test-world.ts";

const server = `
import json, os, pathlib
from http.server import BaseHTTPRequestHandler, HTTPServer
files = sorted(str(p.relative_to(os.environ["AZUREML_MODEL_DIR"])) for p in pathlib.Path(os.environ["AZUREML_MODEL_DIR"]).rglob("*") if p.is_file())
seen = []
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        status = 200 if self.path in ("/health", "/who", "/seen") else 404
        if self.path == "/who": seen.append(self.headers.get("authorization"))
        if self.path == "/die": os._exit(1)
        body = json.dumps({"who": os.environ["WHO"], "files": files, "seen": seen, "pid": os.getpid()}).encode()
        self.send_response(status); self.send_header("content-length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def log_message(self, *args): print(self.path, flush=True)
print("serving", flush=True)
if os.environ["WHO"] == "broken": raise SystemExit("no such weights")
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`;

const State = z.looseObject({ properties: z.looseObject({ provisioningState: z.string() }) });
const route = (path: string): object => ({ path, port: 8000 });

async function anEndpoint(world: FakeWorld): Promise<void> {
  await world.container.getBlockBlobClient("models/m1/weights.txt").uploadData(Buffer.from("w"));
  await world.put("/models/m/versions/1", {
    modelType: "custom_model",
    modelUri: "azureml://datastores/workspaceblobstore/paths/models/m1",
  });
  await world.environment("serve", {
    inferenceConfig: {
      livenessRoute: route("/health"),
      readinessRoute: route("/health"),
      scoringRoute: route("/who"),
    },
  });
  await world.code("server", { "main.py": server });
  await traffic(world, undefined);
  await settled(world, "/onlineEndpoints/notes");
}

const traffic = (world: FakeWorld, shares: object | undefined, mirrorTraffic?: object) =>
  world.put(
    "/onlineEndpoints/notes",
    {
      authMode: "Key",
      ...(shares && { traffic: shares }),
      ...(mirrorTraffic && { mirrorTraffic }),
    },
    { location: "westeurope" },
  );

const settled = ({ client }: FakeWorld, path: string): Promise<string> =>
  until(
    async () =>
      (await client.send({ method: "GET", path, schema: State })).properties.provisioningState,
    (state) => state === "Succeeded" || state === "Failed",
  );

async function deploy(world: FakeWorld, name: string, who = name): Promise<string> {
  const { resourceId: id } = world.client;
  const path = `/onlineEndpoints/notes/deployments/${name}`;
  await world.put(
    path,
    {
      endpointComputeType: "Managed",
      model: `${id}/models/m/versions/1`,
      environmentId: `${id}/environments/serve/versions/1`,
      codeConfiguration: { codeId: `${id}/codes/server/versions/1`, scoringScript: "main.py" },
      environmentVariables: { WHO: who },
      instanceType: "Standard_NC24ads_A100_v4",
    },
    { location: "westeurope", sku: { name: "Default", capacity: 1 } },
  );
  return await settled(world, path);
}

const Keys = z.object({ primaryKey: z.string() });

async function call(world: FakeWorld, path: string, deployment?: string) {
  const listKeys = {
    method: "POST",
    path: "/onlineEndpoints/notes/listKeys",
    schema: Keys,
  } as const;
  const { primaryKey } = await world.client.send(listKeys);
  const headers = {
    authorization: `Bearer ${primaryKey}`,
    ...(deployment === undefined ? {} : { "azureml-model-deployment": deployment }),
  };
  const { status, text } = await send(world.fake, `/endpoints/notes${path}`, { headers });
  const Said = z.looseObject({
    who: z.string(),
    files: z.array(z.string()),
    seen: z.array(z.string().nullable()),
  });
  return { status, said: Said.safeParse(JSON.parse(text)).data };
}

it("answers from the deployment with the traffic, or the one that is named; a mirror sees copies", async () => {
  const world = await aFake();
  await anEndpoint(world);
  expect(await deploy(world, "blue")).toBe("Succeeded");
  expect(await deploy(world, "green")).toBe("Succeeded");
  expect((await call(world, "/who")).status).toBe(404);
  await traffic(world, { blue: 100 }, { green: 50 });
  await settled(world, "/onlineEndpoints/notes");
  expect((await call(world, "/who")).said).toMatchObject({
    who: "blue",
    files: ["m1/weights.txt"],
  });
  expect((await call(world, "/who", "green")).said).toMatchObject({ who: "green" });
  await until(
    async () => {
      await call(world, "/who");
      return (await call(world, "/seen", "green")).said?.seen.length ?? 0;
    },
    (seen) => seen > 1,
  );
  expect((await call(world, "/seen", "green")).said?.seen).not.toContainEqual(expect.anything());
  expect((await call(world, "/nothing")).status).toBe(424);
  // A map left out is no traffic.
  await traffic(world, undefined);
  await settled(world, "/onlineEndpoints/notes");
  expect((await call(world, "/who")).status).toBe(404);
});

it("does one thing at a time, keeps servers over a crash, and starts a dead one again", async () => {
  const world = await aFake({ operationMs: 300 });
  await anEndpoint(world);
  expect(await deploy(world, "blue")).toBe("Succeeded");
  await traffic(world, { blue: 100 });
  const refused = await traffic(world, {}).catch((error: unknown) => faultOf(error).kind);
  expect(refused).toBe("conflict");
  await settled(world, "/onlineEndpoints/notes");
  const pid = (await call(world, "/who")).said?.["pid"];
  await world.restart();
  expect((await call(world, "/who")).said?.["pid"]).toBe(pid);
  await call(world, "/die");
  await until(
    () => call(world, "/who"),
    ({ said }) => said !== undefined && said["pid"] !== pid,
  );
});

it("a server that ends before it is ready is a failed deployment with its log", async () => {
  const world = await aFake();
  await anEndpoint(world);
  expect(await deploy(world, "blue", "broken")).toBe("Failed");
  const path = "/onlineEndpoints/notes/deployments/blue/getLogs";
  const { content } = await world.client.send({
    method: "POST",
    path,
    body: { containerType: "InferenceServer", tail: 50 },
    schema: z.object({ content: z.string() }),
  });
  expect(content).toContain("no such weights");
  await world.client.send({
    method: "DELETE",
    path: "/onlineEndpoints/notes/deployments/blue",
    schema: Anything,
  });
});
