import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askEndpoint, connectAzure } from "@preceptor/azure";
import { azureOnlineEndpoint } from "@preceptor/serving/azure-online-endpoint";
import { servingContract } from "@preceptor/serving/contract";
import { expect, onTestFinished } from "vitest";
import { startFakeAzure } from "../fake-azure/index.ts";
import { runWideStorage } from "../run-wide/index.ts";
import { violationsOf } from "./conformance.ts";

servingContract("azure-online-endpoint", async () => {
  const folder = await mkdtemp(join(tmpdir(), "azure-serving-"));
  const storage = await runWideStorage();
  const fake = await startFakeAzure({ folder, storage, operationMs: 50, record: true });
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
