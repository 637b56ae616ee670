import { expect, it } from "vitest";
import type { ServingSpec } from "../provider.ts";
import { deploymentBody, endpointBody, withTraffic } from "./bodies.ts";
import { buildContext, serverCommand } from "./context.ts";
import { deploymentName, endpointName } from "./names.ts";
import type { AzureServingTarget } from "./target.ts";

const target: AzureServingTarget = {
  subscriptionId: "s",
  resourceGroup: "g",
  workspace: "w",
  region: "westeurope",
  datastore: "workspaceblobstore",
  blobEndpoint: "https://a.blob.core.windows.net",
  container: "c",
  image: "example.azurecr.io/python:1",
  serving: {
    instanceType: "Standard_NC24ads_A100_v4",
    instances: 2,
    runtime: "vllm",
    vllmImage: "vllm/vllm-openai:v0.11.0",
    access: "entra",
    identity: null,
    publicNetwork: false,
    concurrentRequests: 64,
  },
};
const recipe: AzureServingTarget = { ...target, serving: { ...target.serving, runtime: "recipe" } };
const file = (path: string) => ({ path, sha256: "0".repeat(64), sizeBytes: 1, link: "file:///x" });
const spec: ServingSpec = {
  purpose: "discharge-summary",
  modelDigest: `sha256:${"a".repeat(64)}`,
  files: [file("model.safetensors")],
  runtime: {
    code: [file("serve/main.py"), file("requirements.txt")],
    command: ["python", "serve/main.py"],
    requirements: "requirements.txt",
  },
};

it.each([
  ["a short purpose", "notes"],
  ["a long one", "summaries-of-discharge-letters-of-the-cardiology-ward"],
  ["one of other signs", "Entlassbriefe, Ü/Ö!"],
  ["one without any letter", "123"],
])("names an endpoint for %s as Azure wants it", (_name, purpose) => {
  expect(endpointName("target", purpose)).toMatch(/^[a-z](?!.*--)[a-z0-9-]{1,30}[a-z0-9]$/);
});

it("keeps two owners of one purpose apart, and names a deployment in 3 to 32", () => {
  expect(endpointName("one", "notes")).not.toBe(endpointName("two", "notes"));
  expect(deploymentName("dep_01JABCDEFGHJKMNPQRSTVWXYZ0")).toMatch(/^[a-z][a-z0-9]{2,31}$/);
});

it("language models are served by vLLM's own container, which downloads nothing", () => {
  const { dockerfile, files } = buildContext(target, spec.runtime);
  expect(dockerfile.split("\n")).toEqual([
    "FROM vllm/vllm-openai:v0.11.0",
    "WORKDIR /preceptor",
    "COPY . /preceptor",
    'ENTRYPOINT ["python3","/preceptor/preceptor_serve.py"]',
    "",
  ]);
  expect(files.map(({ path }) => path)).toEqual(["preceptor_serve.py"]);
  expect(serverCommand(target, spec).slice(0, 3)).toEqual(["vllm", "serve", "{model}"]);
});

it("a recipe's program is built with its pinned requirements on the target's image", () => {
  const { dockerfile, files } = buildContext(recipe, spec.runtime);
  expect(dockerfile).toContain(
    'RUN ["python","-m","pip","install","--no-deps","--no-cache-dir","--no-input","--disable-pip-version-check","-r","requirements.txt"]',
  );
  expect(files.map(({ path }) => path)).toContain("serve/main.py");
  expect(serverCommand(recipe, spec).slice(0, 4)).toEqual([
    "python",
    "serve/main.py",
    "--model",
    "{model}",
  ]);
});

it.each(["preceptor_serve.py", "Dockerfile", "../outside.py"])(
  "refuses code with a file %s",
  (path) => {
    const runtime = { ...spec.runtime, code: [...spec.runtime.code, file(path)] };
    expect(() => buildContext(recipe, runtime)).toThrow(path);
  },
);

it("a new endpoint has no traffic, and takes Entra tokens unless keys were chosen", () => {
  expect(endpointBody(target, "notes").properties).toEqual({
    authMode: "AADToken",
    publicNetworkAccess: "Disabled",
    traffic: {},
    mirrorTraffic: {},
  });
  const keys = { ...target, serving: { ...target.serving, access: "key" as const } };
  expect(endpointBody(keys, "notes").properties.authMode).toBe("Key");
  expect(endpointBody(target, "notes").identity).toEqual({ type: "SystemAssigned" });
  const named = { ...target, serving: { ...target.serving, identity: "/an/identity" } };
  expect(endpointBody(named, "notes").identity).toEqual({
    type: "UserAssigned",
    userAssignedIdentities: { "/an/identity": {} },
  });
});

it("changing traffic writes back all that others set, and nothing that is the service's", () => {
  const identity = "/subscriptions/s/resourceGroups/g/providers/x/userAssignedIdentities/serving";
  const own = { authMode: "AADToken", description: "set by an operator", properties: { a: "b" } };
  const found = {
    id: "id",
    name: "notes",
    systemData: {},
    location: "westeurope",
    tags: { cost: "cardiology" },
    kind: null,
    identity: {
      type: "UserAssigned",
      principalId: "p",
      userAssignedIdentities: { [identity]: { clientId: "c" } },
    },
    properties: {
      ...own,
      provisioningState: "Succeeded",
      scoringUri: "https://x",
      swaggerUri: "https://y",
      traffic: { blue: 100 },
    },
  };
  expect(withTraffic(found, { live: { blue: 90, green: 10 }, mirror: {} })).toEqual({
    location: "westeurope",
    tags: { cost: "cardiology" },
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
    properties: { ...own, traffic: { blue: 90, green: 10 }, mirrorTraffic: {} },
  });
});

it("a deployment holds no secret and logs no request, and waits as long as Azure lets it", () => {
  const parts = { deploymentId: "dep_1", modelId: "m", environmentId: "e" };
  const { properties, sku } = deploymentBody(target, spec, parts);
  expect(sku).toEqual({ name: "Default", capacity: 2 });
  expect(properties).toMatchObject({
    endpointComputeType: "Managed",
    appInsightsEnabled: false,
    requestSettings: { requestTimeout: "PT3M", maxConcurrentRequestsPerInstance: 64 },
  });
  expect(Object.keys(properties.environmentVariables).join()).not.toMatch(/TOKEN|SECRET|KEY/);
});
