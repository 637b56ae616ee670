import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askEndpoint, connectAzure } from "@preceptor/azure";
import { azureOnlineEndpoint } from "@preceptor/serving/azure-online-endpoint";
import { servingContract } from "@preceptor/serving/contract";
import { expect, onTestFinished } from "vitest";
import { startFakeAzure, type FaultRule } from "../fake-azure/index.ts";
import { runWideStorage } from "../run-wide/index.ts";
import { violationsOf } from "./conformance.ts";

/** Met anew by every test of the contract: each thing goes wrong once, before its effect or after it. */
const stumbles: readonly FaultRule[] = [
  { path: "/models/", method: "GET", fault: { kind: "throttle" } },
  { path: "/models/", method: "PUT", fault: { kind: "hang-up", after: true } },
  { path: "/environments/", method: "GET", fault: { kind: "throttle", retryAfterSeconds: 1 } },
  { path: "/environments/", method: "PUT", fault: { kind: "server-error" } },
  { path: "/environments/", method: "PUT", fault: { kind: "broken-json" } },
  { path: "/onlineEndpoints/[^/]+\\?", method: "PUT", fault: { kind: "html" } },
  { path: "/onlineEndpoints/[^/]+\\?", method: "PUT", fault: { kind: "hang-up", after: true } },
  {
    path: "/onlineEndpoints/[^/]+\\?",
    method: "GET",
    times: 8,
    fault: { kind: "status-word", word: "Hibernating" },
  },
  { path: "/deployments/", method: "PUT", fault: { kind: "conflict" } },
  {
    path: "/deployments/",
    method: "PUT",
    fault: { kind: "server-error", status: 503, after: true },
  },
  {
    path: "/deployments/",
    method: "GET",
    times: 3,
    fault: { kind: "status-word", word: "Hibernating" },
  },
  { path: "/deployments/", method: "DELETE", fault: { kind: "conflict" } },
  { path: "/deployments/", method: "DELETE", fault: { kind: "hang-up", after: true } },
];

servingContract("azure-online-endpoint while Azure stumbles", async () => {
  const folder = await mkdtemp(join(tmpdir(), "azure-serving-"));
  const storage = await runWideStorage();
  const fake = await startFakeAzure({ folder, storage, operationMs: 50, record: true });
  for (const rule of stumbles) fake.faults.add(rule);
  onTestFinished(async () => {
    await fake.close();
    await rm(folder, { recursive: true, force: true });
    expect(await violationsOf(fake.requests)).toEqual([]);
  });
  const target = fake.settings;
  return {
    folder,
    // A connection of its own each time, as a process that was started anew has.
    connect: () =>
      azureOnlineEndpoint({
        connection: connectAzure(fake.environment),
        target,
        scope: "target",
        pollMs: 50,
      }),
    async ask({ seen, url }) {
      const { headers } = seen.access;
      const { status, text } = await askEndpoint(connectAzure(fake.environment), { url, headers });
      const body: unknown = JSON.parse(text);
      return { status, body };
    },
  };
});
