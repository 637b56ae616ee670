import type { BlobServiceClient, ContainerClient } from "@azure/storage-blob";
import { DomainError } from "@preceptor/domain";
import { assertFileName } from "../file-name.ts";
import type { ObjectStore, StoredObject } from "../store.ts";
import { asDomainError, statusOf, wordOf } from "./fault.ts";
import { getObject } from "./get.ts";
import { delegationKeys, gate, linkObject } from "./link.ts";
import { assertBlobName, assertPrefix } from "./name.ts";
import { putObject } from "./put.ts";

export interface AzureBlobOptions {
  readonly container: ContainerClient;
  /** The container's account: it signs the keys that links are made with. */
  readonly service: BlobServiceClient;
  readonly now?: () => number;
  /** What one upload holds in memory is a block more than are in flight. */
  readonly blockBytes?: number;
  readonly blocksInFlight?: number;
  /** What one download holds in memory is the parts in flight. */
  readonly rangeBytes?: number;
  readonly rangesInFlight?: number;
}

const MiB = 1024 * 1024;
const linksAtOnce = 32;

/** Objects as block blobs of one container, signed in by the clients' own credential. A link is a user-delegation SAS. */
export function azureBlobStore(options: AzureBlobOptions): ObjectStore {
  const { container, service, now = Date.now } = options;
  const upload = {
    blockBytes: options.blockBytes ?? 32 * MiB,
    blocksInFlight: options.blocksInFlight ?? 4,
  };
  const download = {
    rangeBytes: options.rangeBytes ?? 32 * MiB,
    rangesInFlight: options.rangesInFlight ?? 2,
  };
  const keyUntil = delegationKeys(service, now);
  const oneOfSome = gate(linksAtOnce);
  const blobOf = (name: string) => {
    assertBlobName(name);
    return container.getBlockBlobClient(name);
  };

  return {
    name: "azure-blob",
    put: (name, body, expected = {}) =>
      translated(name, async () => {
        try {
          return await putObject(blobOf(name), body, expected, upload);
        } finally {
          body.destroy();
        }
      }),
    get: (name, range) => translated(name, async () => getObject(blobOf(name), range, download)),
    stat: (name) => translated(name, async () => statObject(container, name)),
    async *list(prefix) {
      assertPrefix(prefix);
      try {
        for await (const { name, properties } of container.listBlobsFlat({ prefix }))
          yield { name, sizeBytes: properties.contentLength ?? 0 };
      } catch (error) {
        throw asDomainError(error);
      }
    },
    remove: (name) =>
      translated(name, async () => {
        await blobOf(name).deleteIfExists({ deleteSnapshots: "include" });
      }),
    link: (name, ttlMs) =>
      translated(name, async () => {
        const blob = blobOf(name);
        return oneOfSome(() => linkObject(blob, { ttlMs }, keyUntil, now));
      }),
    saveLink: (name, save) =>
      translated(name, async () => {
        assertFileName(save.fileName);
        return linkObject(blobOf(name), save, keyUntil, now);
      }),
  };
}

async function statObject(container: ContainerClient, name: string): Promise<StoredObject | null> {
  assertBlobName(name);
  try {
    const { contentLength = 0 } = await container.getBlobClient(name).getProperties();
    return { name, sizeBytes: contentLength };
  } catch (error) {
    if (statusOf(error) === 404 && wordOf(error) !== "ContainerNotFound") return null;
    throw error;
  }
}

async function translated<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const known = asDomainError(error);
    if (known instanceof DomainError && known.code === "not-found")
      throw new DomainError("not-found", `The store has no object ${name}.`, { field: "name" });
    throw known;
  }
}
