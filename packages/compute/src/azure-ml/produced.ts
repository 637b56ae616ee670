import type { ContainerClient } from "@azure/storage-blob";
import { faultOf, inOurWords } from "@preceptor/azure";
import { DomainError, isSafePath } from "@preceptor/domain";
import type { ProducedArea, ProducedFile } from "../provider.ts";
import { attemptPrefix, isAttemptName } from "./names.ts";

const areaPrefix = (attemptId: string, area: ProducedArea): string =>
  `${attemptPrefix(attemptId)}/${area}/`;

/** Files below the area in path order. A mount also writes empty blobs that stand for folders: these are no files. */
export async function listProducedFiles(
  container: ContainerClient,
  attemptId: string,
  area: ProducedArea,
): Promise<readonly ProducedFile[]> {
  if (!isAttemptName(attemptId)) return [];
  const prefix = areaPrefix(attemptId, area);
  const files: ProducedFile[] = [];
  try {
    for await (const blob of container.listBlobsFlat({ prefix, includeMetadata: true })) {
      const path = blob.name.slice(prefix.length);
      if (!isSafePath(path) || isFolder(blob.metadata)) continue;
      const { contentLength = 0, lastModified } = blob.properties;
      files.push({ path, sizeBytes: contentLength, modifiedAtMs: lastModified.getTime() });
    }
  } catch (error) {
    throw inOurWords(error);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export async function readProducedFile(
  container: ContainerClient,
  attemptId: string,
  area: ProducedArea,
  path: string,
): Promise<NodeJS.ReadableStream> {
  const refusal = new DomainError("not-found", `the attempt has no file ${JSON.stringify(path)}`);
  if (!isAttemptName(attemptId) || !isSafePath(path)) throw refusal;
  const blob = container.getBlobClient(`${areaPrefix(attemptId, area)}${path}`);
  try {
    const { readableStreamBody, metadata } = await blob.download(0, undefined, {
      maxRetryRequests: 3,
    });
    if (readableStreamBody === undefined || isFolder(metadata)) throw refusal;
    return readableStreamBody;
  } catch (error) {
    if (error === refusal || faultOf(error).kind === "not-found") throw refusal;
    throw inOurWords(error);
  }
}

/** Removes what an attempt produced. Its marks stay: they say how it ended, to whoever asks later. */
export async function removeProduced(container: ContainerClient, attemptId: string): Promise<void> {
  for (const area of ["checkpoints", "outputs"] as const) {
    const names: string[] = [];
    const prefix = areaPrefix(attemptId, area);
    for await (const blob of container.listBlobsFlat({ prefix })) names.push(blob.name);
    // Files before the folders they are in, where the account keeps real folders.
    for (const name of names.sort((a, b) => b.length - a.length))
      await container.getBlobClient(name).deleteIfExists();
  }
}

const isFolder = (metadata: Readonly<Record<string, string>> | undefined): boolean =>
  metadata?.["hdi_isfolder"] === "true";
