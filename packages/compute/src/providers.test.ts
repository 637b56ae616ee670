import { DomainError, type ComputeTargetSettings } from "@preceptor/domain";
import { expect, test } from "vitest";
import type { ComputeProvider } from "./provider.ts";
import { computeProviders, type RunsOn } from "./providers.ts";

const settings: ComputeTargetSettings = {
  maxNodes: 1,
  maxProcessesPerNode: 1,
  diskQuotaBytes: 1,
  logLimitBytes: 1,
};
const here: RunsOn = { id: "tgt_1", provider: "local", settings };
const aProvider = (): ComputeProvider => ({
  name: "local",
  start: async (attemptId) => ({ provider: "local", attemptId, data: {} }),
  observe: async () => [],
  cancel: async () => {},
  listProduced: async () => [],
  readProduced: async () => Promise.reject(new Error("nothing is produced")),
  release: async () => {},
  capabilities: {},
});

test("a target has one object until its settings change, and each target its own", async () => {
  const providers = computeProviders({ local: aProvider });
  const first = await providers.forTarget(here);
  expect(await providers.forTarget({ ...here, settings: { ...settings } })).toBe(first);
  expect(await providers.forTarget({ ...here, id: "tgt_2" })).not.toBe(first);
  const larger = { ...here, settings: { ...settings, maxNodes: 2 } };
  expect(await providers.forTarget(larger)).not.toBe(first);
});

test("a refusal is not remembered: once the cause is mended, the target works", async () => {
  let configured = false;
  const providers = computeProviders({
    local: () => {
      if (!configured) throw new DomainError("unavailable", "There is no credential.");
      return aProvider();
    },
  });
  await expect(providers.forTarget(here)).rejects.toThrow("There is no credential.");
  configured = true;
  expect((await providers.forTarget(here)).name).toBe("local");
});

test("a kind of target this process has no adapter for is unavailable, by name", async () => {
  await expect(computeProviders({}).forTarget(here)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("local"),
  });
});
