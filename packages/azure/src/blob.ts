import {
  BlobServiceClient,
  ContainerClient,
  newPipeline,
  type Pipeline,
  type RequestPolicyFactory,
  type StoragePipelineOptions,
} from "@azure/storage-blob";
import type { TlsSettings } from "@azure/core-rest-pipeline";
import type { AzureConnection } from "./connection.ts";
import { assertPinned } from "./transport/pin.ts";
import { tlsOf } from "./transport/tls.ts";

export interface BlobContainerName {
  /** `https://<account>.blob.core.windows.net`, an emulator's with the account in its path. */
  readonly blobEndpoint: string;
  readonly container: string;
}

/** A container as this process's identity sees it: tokens go to its host only, and nowhere by a redirect. */
export function blobContainer(
  connection: AzureConnection,
  name: BlobContainerName,
): ContainerClient {
  const { address, pipeline } = blobAccount(connection, name.blobEndpoint);
  return new ContainerClient(`${address}/${encodeURIComponent(name.container)}`, pipeline);
}

/** The container's account, which signs the keys of user-delegation links; with the same care as the container. */
export function blobService(
  connection: AzureConnection,
  { blobEndpoint }: Pick<BlobContainerName, "blobEndpoint">,
): BlobServiceClient {
  const { address, pipeline } = blobAccount(connection, blobEndpoint);
  return new BlobServiceClient(address, pipeline);
}

/** Four blocks of 32 MiB share the line: the service must not end them on one of 1 Mbit/s. */
const slowLineMs = 20 * 60_000;

function blobAccount(
  connection: AzureConnection,
  blobEndpoint: string,
): { address: string; pipeline: Pipeline } {
  const endpoint = new URL(blobEndpoint);
  if (endpoint.protocol !== "https:") throw new Error("A blob endpoint must be an https address.");
  const tlsOptions = tlsOf(connection.cloud);
  const options: StoragePipelineOptions & Passed = {
    retryOptions: { maxTries: 5, tryTimeoutInMs: slowLineMs, maxRetryDelayInMs: 20_000 },
    redirectOptions: { maxRetries: 0 },
    ...(tlsOptions === undefined ? {} : { tlsOptions }),
  };
  const pipeline = newPipeline(connection.credential, options);
  pipeline.factories.push(pinnedTo(endpoint.origin));
  return { address: endpoint.href.replace(/\/$/, ""), pipeline };
}

/** The storage client hands what it does not know itself to the core pipeline it builds. */
interface Passed {
  readonly redirectOptions: { readonly maxRetries: number };
  readonly tlsOptions?: TlsSettings;
}

const pinnedTo = (origin: string): RequestPolicyFactory => ({
  create: (next) => ({
    sendRequest: async (request) => {
      assertPinned(request.url, origin);
      return next.sendRequest(request);
    },
  }),
});
