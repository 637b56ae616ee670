import { DefineComputeTarget } from "@preceptor/domain";
import { expect, test } from "vitest";
import { definitionOf, formOf, problemsInTarget } from "./target-form.ts";

const whole = DefineComputeTarget.parse({
  name: "cloud",
  provider: "azure-ml",
  settings: {
    maxNodes: 4,
    maxProcessesPerNode: 8,
    diskQuotaBytes: 2_500_000_000,
    logLimitBytes: 1_000_000,
    azure: {
      subscriptionId: "00000000-0000-4000-8000-000000000001",
      resourceGroup: "rg-models",
      workspace: "ml-models",
      region: "westeurope",
      cluster: "a100",
      instanceType: "Standard_A100",
      tier: "spot",
      machines: [
        { instanceType: "Standard_H100", tier: "dedicated" },
        { instanceType: "Standard_A100", tier: "dedicated", cluster: "a100-own" },
      ],
      images: ["registry.example.org/trainer:2"],
      datastore: "workspaceblobstore",
      blobEndpoint: "https://account.blob.core.windows.net",
      container: "jobs",
      image: "registry.example.org/trainer:1",
      sharedMemory: "16g",
      identityClientId: "00000000-0000-4000-8000-000000000002",
      deadlines: { preparing: "PT2H" },
      prices: [{ instanceType: "Standard_A100", tier: "spot", perNodeHour: 9, currency: "EUR" }],
      serving: { instanceType: "Standard_L40S", access: "key", concurrentRequests: 8 },
    },
  },
});

test("whatever a target was given comes back from the form unchanged", () => {
  expect(definitionOf(formOf(whole))).toEqual(whole);
  expect(problemsInTarget(formOf(whole))).toEqual({});
});

test("an empty form names each field that is needed as the form calls it", () => {
  const problems = problemsInTarget({ ...formOf(undefined), diskQuotaGb: "" });
  for (const field of ["name", "azure.subscriptionId", "azure.image", "diskQuotaGb"])
    expect(problems).toHaveProperty([field]);
  expect(problems).not.toHaveProperty(["azure.serving.instanceType"]);
});

test("what is switched off is not sent, and a price at fault is named by its row", () => {
  const form = formOf(whole);
  const off = { ...form, azure: { ...form.azure, serving: { ...form.azure.serving, on: false } } };
  expect(definitionOf(off).settings.azure).not.toHaveProperty("serving");
  const [price] = form.prices;
  const twice = { ...form, prices: [price!, price!] };
  expect(problemsInTarget(twice)).toEqual({ "prices.1": "Standard_A100 has a spot price already" });
});
