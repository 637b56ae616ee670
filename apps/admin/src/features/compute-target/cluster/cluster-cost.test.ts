import type { ComputeTargetSettings, NodePrice } from "@preceptor/domain";
import { expect, test } from "vitest";
import { costSentence, runningSentence } from "./cluster-cost.ts";

const price: NodePrice = {
  instanceType: "Standard_A100",
  tier: "spot",
  perNodeHour: 1.5,
  currency: "EUR",
};
const settings: ComputeTargetSettings = {
  maxNodes: 8,
  maxProcessesPerNode: 8,
  diskQuotaBytes: 1,
  logLimitBytes: 1,
  azure: {
    subscriptionId: "00000000-0000-4000-8000-000000000001",
    resourceGroup: "rg",
    workspace: "ml-models",
    region: "westeurope",
    cluster: "a100",
    datastore: "store",
    blobEndpoint: "https://account.blob.core.windows.net",
    container: "jobs",
    image: "registry.example.org/trainer:1",
    identityClientId: null,
    deadlines: {
      preparing: "PT1H",
      queued: "P1D",
      finalizing: "PT1H",
      cancelling: "PT10M",
      silent: "PT6H",
    },
    prices: [price],
  },
};
const size = { instanceType: "Standard_A100", tier: "spot" as const, minNodes: 0, maxNodes: 8 };

test.each([
  [
    "no node is kept",
    costSentence(settings, size),
    /^It costs nothing .* at most 12\.00 EUR an hour/,
  ],
  [
    "nodes are kept without work",
    costSentence(settings, { ...size, minNodes: 2 }),
    /^It costs 3\.00 EUR an hour even while nothing runs/,
  ],
  [
    "no price is set for the tier",
    costSentence(settings, { ...size, tier: "dedicated" }),
    /cannot be said/,
  ],
])("%s: the cost is said for what it is", (_, sentence, expected) => {
  expect(sentence).toMatch(expected);
});

test.each([
  [0, "Nothing runs on it now."],
  [1, "The one node that works goes on until it is done."],
  [3, "The 3 nodes that work go on until they are done."],
])("emptying a cluster of which %i nodes work says what becomes of them", (running, sentence) => {
  expect(runningSentence(running)).toBe(sentence);
});
