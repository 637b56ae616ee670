import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAzurite, throwAwayAuthority } from "@preceptor/storage/testing";
import type { SharedStorage } from "../fake-azure/storage.ts";

export interface RunningStorage {
  readonly shared: SharedStorage;
  close(): Promise<void>;
}

export async function startStorage(): Promise<RunningStorage> {
  const folder = await mkdtemp(join(tmpdir(), "preceptor-storage-"));
  const { ca, issue } = await throwAwayAuthority();
  const server = await issue(["127.0.0.1", "localhost"]);
  const azurite = await startAzurite({ folder, tls: server });
  const { endpoint, account, accountKey } = azurite;
  return {
    shared: { endpoint, account, accountKey, tls: { ca, server } },
    async close() {
      await azurite.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
