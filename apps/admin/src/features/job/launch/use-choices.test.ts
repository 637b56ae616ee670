import { ComputeTargetSettings } from "@preceptor/domain";
import { expect, test } from "vitest";
import { choicesOf } from "./use-choices.ts";

const azure = {
  subscriptionId: "00000000-0000-4000-8000-000000000001",
  resourceGroup: "rg-models",
  workspace: "ml-models",
  region: "westeurope",
  cluster: "a100",
  datastore: "workspaceblobstore",
  blobEndpoint: "https://account.blob.core.windows.net",
  container: "jobs",
  image: "registry.example.org/trainer:1",
};
const settings = (place: object | undefined) =>
  ComputeTargetSettings.parse({
    maxNodes: 4,
    maxProcessesPerNode: 8,
    diskQuotaBytes: 1e12,
    logLimitBytes: 1e6,
    ...(place ? { azure: { ...azure, ...place } } : {}),
  });
const answer = {
  images: [],
  instanceTypes: [],
  machines: [
    {
      instanceType: "Standard_A100",
      tier: "dedicated" as const,
      cluster: "a100",
      size: null,
      freeNodes: 1,
      problem: null,
      price: null,
    },
  ],
};

test("machines in two tiers are one choice, the target's own first", () => {
  const wide = settings({
    instanceType: "Standard_A100",
    tier: "dedicated",
    machines: [
      { instanceType: "Standard_H100", tier: "spot" },
      { instanceType: "Standard_A100", tier: "spot" },
    ],
  });
  expect(choicesOf(wide, undefined)).toEqual([
    { instanceType: "Standard_A100", isDefault: true, tiers: ["dedicated", "spot"] },
    { instanceType: "Standard_H100", isDefault: false, tiers: ["spot"] },
  ]);
});
test("of a cluster nobody described, its provider says what it is; until then nothing is ruled out", () => {
  const unsaid = settings({});
  const open = { instanceType: null, isDefault: true, tiers: ["dedicated", "spot"] };
  expect(choicesOf(unsaid, undefined)).toEqual([open]);
  expect(choicesOf(unsaid, answer)).toEqual([
    { instanceType: "Standard_A100", isDefault: true, tiers: ["dedicated"] },
  ]);
});
test("this machine alone leaves no choice", () => {
  expect(choicesOf(settings(undefined), undefined)).toEqual([]);
});
