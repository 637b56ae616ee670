import { expect, test } from "vitest";
import { faultsOf } from "../fault.ts";
import { anAzureTarget, azureSettings, price } from "./azure-ml/testing/an-azure-target.ts";
import { DefineComputeTarget, instanceTypeOf, nodePrice, placeOf } from "./compute-target.ts";
import { costOf, moneyText } from "./price.ts";

const common = { maxNodes: 4, maxProcessesPerNode: 8, diskQuotaBytes: 1e12, logLimitBytes: 1e6 };
const hourMs = 3_600_000;

function faults(provider: string, settings: object): string[] {
  const parsed = DefineComputeTarget.safeParse({ name: "cloud", provider, settings });
  return parsed.success ? [] : faultsOf(parsed.error).map((one) => `${one.field}: ${one.message}`);
}
const cloud = (changed: object) => ({ ...common, azure: { ...anAzureTarget, ...changed } });

test("a target is defined with the least said, and its deadlines are filled in", () => {
  expect(faults("local", common)).toEqual([]);
  const target = DefineComputeTarget.parse({
    name: "cloud",
    provider: "azure-ml",
    settings: cloud({}),
  });
  expect(target.settings.azure).toMatchObject({
    identityClientId: null,
    prices: [],
    deadlines: {
      preparing: "PT1H",
      queued: "P1D",
      finalizing: "PT1H",
      cancelling: "PT10M",
      silent: "PT6H",
    },
  });
});

test.each<[string, string[], string[]]>([
  [
    "a cloud target without its place",
    faults("azure-ml", common),
    ["settings.azure: is missing: say which workspace and cluster this target is"],
  ],
  [
    "a local target with a place in the cloud",
    faults("local", cloud({})),
    ["settings.azure: a local target has no such field"],
  ],
  [
    "a subscription by its name",
    faults("azure-ml", cloud({ subscriptionId: "Research" })),
    [
      "settings.azure.subscriptionId: use the id as the portal shows it: 8-4-4-4-12 hexadecimal digits",
    ],
  ],
  [
    "a region by its display name",
    faults("azure-ml", cloud({ region: "West Europe" })),
    ["settings.azure.region: use the short name in small letters, e.g. westeurope"],
  ],
  [
    "storage over plain http",
    faults("azure-ml", cloud({ blobEndpoint: "http://account.blob.core.windows.net" })),
    [
      "settings.azure.blobEndpoint: use the https address of the storage account, e.g. https://name.blob.core.windows.net",
    ],
  ],
  [
    "a deadline without its unit",
    faults("azure-ml", cloud({ deadlines: { queued: "24" } })),
    [
      "settings.azure.deadlines.queued: use an ISO 8601 duration of at least a second with its unit, e.g. PT12H or PT30M",
    ],
  ],
  [
    "two prices for the same machine and tier",
    faults("azure-ml", cloud({ prices: [price("spot", 1), price("spot", 2)] })),
    ["settings.azure.prices.1: Standard_A100 has a spot price already"],
  ],
  [
    "prices in two currencies",
    faults(
      "azure-ml",
      cloud({ prices: [price("spot", 1), { ...price("dedicated", 2), currency: "EUR" }] }),
    ),
    ["settings.azure.prices.1.currency: every price must be in one currency, USD"],
  ],
  [
    "prices of several machines, and none said to be the cluster's",
    faults("azure-ml", cloud({ prices: [price("spot", 1), price("spot", 2, "Standard_H100")] })),
    ["settings.azure.instanceType: say which of the priced machines the cluster has"],
  ],
  [
    "a secret, which has no field",
    faults("azure-ml", cloud({ clientSecret: "x" })),
    ["settings.azure.clientSecret: there is no such field"],
  ],
])("%s is refused by its field", (_, found, expected) => {
  expect(found).toEqual(expected);
});

const prices = [
  price("dedicated", 98.32),
  price("spot", 0.1),
  price("dedicated", 7, "Standard_V100"),
];
test.each<[string, ReturnType<typeof costOf>, string | null]>([
  [
    "two nodes for twelve hours",
    costOf(prices, {
      instanceType: "Standard_A100",
      tier: "dedicated",
      nodes: 2,
      durationMs: 12 * hourMs,
    }),
    "2,359.68 USD",
  ],
  [
    "another machine at its own price",
    costOf(prices, {
      instanceType: "Standard_V100",
      tier: "dedicated",
      nodes: 1,
      durationMs: hourMs,
    }),
    "7.00 USD",
  ],
  [
    "three nodes at ten cents are thirty, not thirty-one",
    costOf(prices, { instanceType: "Standard_A100", tier: "spot", nodes: 3, durationMs: hourMs }),
    "0.30 USD",
  ],
  [
    "a quarter of a cent is rounded up",
    costOf(prices, {
      instanceType: "Standard_A100",
      tier: "spot",
      nodes: 1,
      durationMs: hourMs / 40,
    }),
    "0.01 USD",
  ],
  [
    "no time costs nothing",
    costOf(prices, { instanceType: "Standard_A100", tier: "dedicated", nodes: 8, durationMs: 0 }),
    "0.00 USD",
  ],
  [
    "a tier without a price has no cost",
    costOf(prices, { instanceType: "Standard_V100", tier: "spot", nodes: 1, durationMs: hourMs }),
    null,
  ],
])("%s", (_, found, expected) => {
  expect(found && moneyText(found)).toBe(expected);
});

test("the price of a target is that of its cluster's machines, by tier", () => {
  const of = (azure: ReturnType<typeof azureSettings>) => ({ ...common, azure });
  const one = of(azureSettings([price("spot", 3)]));
  expect([
    instanceTypeOf(one),
    nodePrice(one, "spot")?.perNodeHour,
    nodePrice(one, "dedicated"),
  ]).toEqual(["Standard_A100", 3, null]);
  const several = of({ ...azureSettings(), prices, instanceType: "Standard_V100" });
  expect(nodePrice(several, "dedicated")?.perNodeHour).toBe(7);
  expect(nodePrice(common, "dedicated")).toBeNull();
});

test("another price leaves a target where it is, another workspace moves it", () => {
  const before = placeOf({ ...common, azure: azureSettings() });
  expect(placeOf({ ...common, maxNodes: 9, azure: azureSettings(prices.slice(0, 1)) })).toEqual(
    before,
  );
  const moved = { ...azureSettings(), workspace: "ml-other" };
  expect(placeOf({ ...common, azure: moved })).not.toEqual(before);
});
