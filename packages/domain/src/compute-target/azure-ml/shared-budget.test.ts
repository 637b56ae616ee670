import { expect, test } from "vitest";
import { anAzureTarget } from "./testing/an-azure-target.ts";
import { DefineComputeTarget } from "../compute-target.ts";
import type { ReachedTarget } from "../for-target.ts";
import { sharedBudget } from "./shared-budget.ts";

const common = { maxNodes: 4, maxProcessesPerNode: 8, diskQuotaBytes: 1e12, logLimitBytes: 1e6 };
function aTarget(id: string, azure: object | null): ReachedTarget {
  const place = azure && { azure: { ...anAzureTarget, ...azure } };
  const provider = azure ? "azure-ml" : "local";
  const settings = { ...common, ...place };
  return { id, ...DefineComputeTarget.parse({ name: "target", provider, settings }) };
}

test.each<[string, object | null, object | null, boolean]>([
  ["two clusters of one workspace", { cluster: "first" }, { cluster: "second" }, true],
  [
    "two workspaces of one subscription and region",
    { workspace: "first" },
    { workspace: "second" },
    true,
  ],
  ["two regions", { region: "westeurope" }, { region: "northeurope" }, false],
  ["two local targets", null, null, false],
  ["a local target and one in the cloud", null, {}, false],
])("%s", (_name, one, other, share) => {
  expect(sharedBudget(aTarget("one", one)) === sharedBudget(aTarget("other", other))).toBe(share);
});
