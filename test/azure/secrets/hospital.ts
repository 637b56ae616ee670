import { createHash, randomUUID } from "node:crypto";
import { blobContainer, blobService, connectAzure } from "@preceptor/azure";
import type { Job, ModelVersion } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { azureBlobStore } from "@preceptor/storage/azure-blob";
import type { World } from "@preceptor/services/testing";
import type { FakeAzure } from "../../fake-azure/index.ts";
import type { Person } from "./person.ts";

/** What a test world made in its folder is put where the installation keeps its files. */
export async function moveFiles(world: World, model: ModelVersion, azure: FakeAzure) {
  const connection = connectAzure(azure.environment);
  const store = azureBlobStore({
    container: blobContainer(connection, azure.settings),
    service: blobService(connection, azure.settings),
  });
  for (const { sha256 } of model.files) {
    const name = blobName(world.organizationId, sha256);
    await store.put(name, await world.system.store.get(name));
  }
}

/** A job of one program and no packages, on the cloud. Gives its id. */
export async function aJob(person: Person, name: string, program: string): Promise<string> {
  const sha256 = createHash("sha256").update(program).digest("hex");
  await person.put(`/api/blobs/${sha256}`, program);
  const files = [{ path: "main.py", sha256, sizeBytes: Buffer.byteLength(program) }];
  const job = await person.mutate<Job>("job.submit", {
    idempotencyKey: randomUUID(),
    spec: {
      name,
      kind: "prepare",
      code: { command: ["python", "main.py"], files },
      compute: { target: "cloud" },
      limits: { timeout: "PT2M", maxAttempts: 1 },
    },
  });
  if (job === null) throw new Error(`the job ${name} was refused`);
  return job.id;
}
