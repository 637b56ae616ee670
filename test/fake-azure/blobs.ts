import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import {
  BlobSASPermissions,
  BlobServiceClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
  type BlobSASSignatureValues,
  type ContainerClient,
} from "@azure/storage-blob";
import type { SharedStorage } from "./storage.ts";

/** The workspace's storage account, as the service itself reaches it. */
export interface Blobs {
  readonly endpoint: string;
  readonly account: string;
  container(name: string): ContainerClient;
  /** A link to one blob, reading only. */
  readLink(container: string, blob: string): string;
  /** A link to a whole container, for an upload. */
  writeLink(container: string): string;
  /** Every blob below the prefix, by its path from there. */
  download(place: BlobPlace, folder: string): Promise<string[]>;
}

export interface BlobPlace {
  readonly container: string;
  /** Ends with `/` unless it is empty. */
  readonly prefix: string;
}

type SasValues = Pick<BlobSASSignatureValues, "containerName" | "blobName" | "permissions">;

const linkMs = 6 * 60 * 60_000;

export function openBlobs({ endpoint, account, accountKey, tls }: SharedStorage): Blobs {
  const credential = new StorageSharedKeyCredential(account, accountKey);
  const service = new BlobServiceClient(endpoint, credential, trusting(tls.ca));
  const sign = (what: SasValues): string => {
    const expiresOn = new Date(Date.now() + linkMs);
    const values = { ...what, expiresOn, protocol: SASProtocol.Https };
    return generateBlobSASQueryParameters(values, credential).toString();
  };
  const container = (name: string): ContainerClient => service.getContainerClient(name);
  return {
    endpoint,
    account,
    container,
    readLink(containerName, blobName) {
      const permissions = BlobSASPermissions.parse("r");
      const query = sign({ containerName, blobName, permissions });
      return `${container(containerName).getBlobClient(blobName).url}?${query}`;
    },
    writeLink(containerName) {
      const permissions = ContainerSASPermissions.parse("rcwl");
      return `${container(containerName).url}?${sign({ containerName, permissions })}`;
    },
    download: (place, folder) => downloadAll(container(place.container), place.prefix, folder),
  };
}

/** The storage client hands what it does not know on to the request pipeline, which knows certificate authorities. */
const trusting = (ca: string) => ({ keepAliveOptions: { enable: true }, tlsOptions: { ca } });

async function downloadAll(
  container: ContainerClient,
  prefix: string,
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for await (const blob of container.listBlobsFlat({ prefix })) {
    const path = blob.name.slice(prefix.length);
    const target = join(folder, path);
    if (path === "" || path.endsWith("/") || !resolve(target).startsWith(resolve(folder) + sep))
      continue;
    await mkdir(dirname(target), { recursive: true });
    const { readableStreamBody } = await container.getBlobClient(blob.name).download();
    if (readableStreamBody === undefined) throw new Error(`the blob ${blob.name} has no bytes`);
    await pipeline(readableStreamBody, createWriteStream(target));
    paths.push(path);
  }
  return paths;
}
