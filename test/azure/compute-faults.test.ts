import { behaviours, computeContract } from "@preceptor/compute/contract";
import { afterAll, beforeAll, vi } from "vitest";
import type { FaultRule } from "../fake-azure/index.ts";
import { azureWorld, type AzureWorld } from "./compute-world.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Met anew by every test of the contract: each thing goes wrong a few times, and lists always lag. */
const stumbles: readonly FaultRule[] = [
  { path: "/jobs/[^/?]+\\?", method: "GET", fault: { kind: "throttle" } },
  { path: "/codes/", method: "GET", fault: { kind: "throttle", retryAfterSeconds: 1 } },
  { path: "/startPendingUpload", fault: { kind: "server-error", status: 503, after: true } },
  { path: "/codes/", method: "PUT", fault: { kind: "hang-up", after: true } },
  { path: "/environments/", method: "PUT", fault: { kind: "server-error" } },
  { path: "/jobs/[^/?]+\\?", method: "PUT", fault: { kind: "hang-up", after: true } },
  { path: "/jobs/[^/?]+/cancel", fault: { kind: "server-error", status: 502, after: true } },
  { path: "/jobs/[^/?]+/cancel", fault: { kind: "hang-up" } },
  { path: "/jobs\\?", method: "GET", fault: { kind: "html" } },
  { path: "/jobs\\?", method: "GET", fault: { kind: "broken-json" } },
  { path: "/jobs\\?", method: "GET", fault: { kind: "status-word", word: "Hibernating" } },
  { path: "/details", method: "GET", fault: { kind: "server-error", status: 504 } },
  { path: "/jobs\\?", method: "GET", times: null, fault: { kind: "lag", ms: 1500 } },
];

let world: AzureWorld;
beforeAll(async () => {
  world = await azureWorld();
});
afterAll(() => world.close());

computeContract("azure-ml while Azure stumbles", async () => {
  world.azure.faults.clear();
  for (const rule of stumbles) world.azure.faults.add(rule);
  return {
    provider: world.open(),
    reopen: async () => world.open(),
    spec: (behaviour, limits) => world.python(behaviours[behaviour], limits),
    close: async () => world.azure.faults.clear(),
  };
});
