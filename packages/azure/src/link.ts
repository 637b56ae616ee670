import {
  AnonymousCredential,
  BlobClient,
  ContainerClient,
  newPipeline,
  type Pipeline,
} from "@azure/storage-blob";
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type HttpClient,
} from "@azure/core-rest-pipeline";
import type { AzureConnection } from "./connection.ts";
import { tlsOf } from "./transport/tls.ts";

/** A container that a signed link opens. The link is the only permission: no token of ours goes with it. */
export const linkedContainer = (connection: AzureConnection, link: string): ContainerClient =>
  new ContainerClient(httpsOnly(link), linkedPipeline(connection));

/** One blob that a signed link opens, with the same care. */
export const linkedBlob = (connection: AzureConnection, link: string): BlobClient =>
  new BlobClient(httpsOnly(link), linkedPipeline(connection));

function linkedPipeline(connection: AzureConnection): Pipeline {
  const tlsOptions = tlsOf(connection.cloud);
  const options = {
    retryOptions: { maxTries: 5, tryTimeoutInMs: 120_000 },
    redirectOptions: { maxRetries: 0 },
    ...(tlsOptions === undefined ? {} : { tlsOptions }),
  };
  return newPipeline(new AnonymousCredential(), options);
}

export interface LinkedBytes {
  readonly status: number;
  /** Empty for every status but 200 and 206. */
  readonly bytes: Buffer;
}
const silentMs = 60_000;

/** At most `lengthBytes` from `offset` on behind a signed link, without any token of ours and without following a redirect. */
export async function readLinked(
  connection: AzureConnection,
  link: string,
  { offset, lengthBytes }: { readonly offset: number; readonly lengthBytes: number },
): Promise<LinkedBytes> {
  const tls = tlsOf(connection.cloud);
  const request = createPipelineRequest({
    url: httpsOnly(link),
    method: "GET",
    timeout: silentMs,
    headers: createHttpHeaders({ range: `bytes=${offset}-${offset + lengthBytes - 1}` }),
    streamResponseStatusCodes: new Set([200, 206]),
  });
  if (tls !== undefined) request.tlsSettings = tls;
  const client = connection.httpClient ?? ownClient();
  const response = await client.sendRequest(request);
  const body = response.readableStreamBody;
  if (body === undefined) return { status: response.status, bytes: Buffer.alloc(0) };
  // A server that does not know ranges begins at the beginning.
  const skip = response.status === 200 ? offset : 0;
  return { status: response.status, bytes: await part(body, skip, lengthBytes) };
}

let made: HttpClient | undefined;
const ownClient = (): HttpClient => (made ??= createDefaultHttpClient());

async function part(body: NodeJS.ReadableStream, skip: number, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let seen = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as Uint8Array);
    chunks.push(bytes.subarray(Math.min(bytes.length, Math.max(0, skip - seen))));
    seen += bytes.length;
    if (seen >= skip + length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

function httpsOnly(link: string): string {
  if (URL.parse(link)?.protocol === "https:") return link;
  throw new RestError("A signed link was not an https address; it was not opened.");
}
