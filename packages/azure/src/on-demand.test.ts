import { expect, it } from "vitest";
import { azureOnDemand } from "./on-demand.ts";

it("is one connection, whoever asks", async () => {
  const reach = azureOnDemand({ PRECEPTOR_AZURE_CREDENTIAL: "developer" });
  const [first, second] = await Promise.all([reach(), reach()]);
  expect(second).toBe(first);
  // A busy machine takes long to load the SDK.
}, 60_000);

it("says in one sentence who cannot sign in and what to set, each time", async () => {
  const reach = azureOnDemand({});
  for (const _ of [1, 2])
    await expect(reach()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(
        /cannot sign in to Azure\. PRECEPTOR_AZURE_CREDENTIAL.*worker/,
      ),
    });
}, 60_000);
