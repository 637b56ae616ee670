import { open } from "node:fs/promises";
import type { AppendBlobClient } from "@azure/storage-blob";
import type { World } from "../world.ts";

const chunkBytes = 1024 * 1024;

/** Carries a growing file into an append blob; after a restart it goes on where the blob ends. */
export class LogBlob {
  readonly #file: string;
  readonly #blob: AppendBlobClient;
  #sent: number | null = null;

  constructor(world: World, file: string, blobName: string) {
    this.#file = file;
    this.#blob = world.blobs.container(world.names.artifactContainer).getAppendBlobClient(blobName);
  }

  async sync(): Promise<void> {
    this.#sent ??= await this.#length();
    const file = await open(this.#file, "r").catch(() => null);
    if (file === null) return;
    try {
      for (;;) {
        const { bytesRead, buffer } = await file.read(
          Buffer.alloc(chunkBytes),
          0,
          chunkBytes,
          this.#sent,
        );
        if (bytesRead === 0) return;
        await this.#blob.appendBlock(buffer.subarray(0, bytesRead), bytesRead);
        this.#sent += bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  async #length(): Promise<number> {
    await this.#blob.createIfNotExists({ blobHTTPHeaders: { blobContentType: "text/plain" } });
    return (await this.#blob.getProperties()).contentLength ?? 0;
  }
}
