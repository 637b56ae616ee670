import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { isRestError } from "@azure/core-rest-pipeline";
import type { BlockBlobClient } from "@azure/storage-blob";
import { askLink, copyLifeMs, DomainError, type FileLink } from "@preceptor/domain";
import type { AzureConnection } from "./connection.ts";
import { copyInParts } from "./copy-in-parts.ts";
import { linkedBlob } from "./link.ts";
import { orNull } from "./once.ts";

export interface StagedFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** `file:` on this machine, or `https:` with its own right to read in it, asked for at each copy. */
  readonly link: FileLink;
}

const blockBytes = 8 * 1024 * 1024;
const blocksInFlight = 4;
/** Copy Blob From URL takes no more at once; what is larger goes in parts of it. Source: "Copy Blob From URL", Microsoft Learn. */
const copyAtOnceBytes = 256 * 1024 * 1024;

/** Two who bring the same file at once cut each other's uploads short; whoever is cut looks again. */
export async function stageFile(
  connection: AzureConnection,
  target: BlockBlobClient,
  file: StagedFile,
): Promise<void> {
  for (let tried = 1; !(await isThere(target, file)); tried += 1) {
    try {
      await bring(connection, target, file);
      return;
    } catch (error) {
      const cut = isRestError(error) && error.code === "InvalidBlockList";
      if (!cut || tried === 5) throw error;
    }
  }
  await read(target, file);
}

/** One byte: a rule that removes what nobody reads counts from the last read, and asking for properties is none. */
async function read(target: BlockBlobClient, file: StagedFile): Promise<void> {
  const { readableStreamBody } = await target.download(0, file.sizeBytes === 0 ? undefined : 1);
  if (readableStreamBody) await buffer(readableStreamBody);
}

async function bring(
  connection: AzureConnection,
  target: BlockBlobClient,
  file: StagedFile,
): Promise<void> {
  const link = await askLink(file.link, copyLifeMs(file.sizeBytes));
  const url = URL.parse(link);
  if (url?.protocol === "file:") await upload(target, file, createReadStream(fileURLToPath(url)));
  else if (url?.protocol === "https:") await copyOrUpload(connection, target, file, link);
  else throw new DomainError("invalid", `The link of ${file.path} is neither a file nor https.`);
}

/** The digest is written with the bytes, so a blob that carries it is whole. */
async function isThere(target: BlockBlobClient, file: StagedFile): Promise<boolean> {
  const found = await orNull(target.getProperties());
  if (found === null) return false;
  const { metadata, contentLength, copyStatus } = found;
  const whole = copyStatus === undefined || copyStatus === "success";
  return whole && metadata?.sha256 === file.sha256 && contentLength === file.sizeBytes;
}

async function copyOrUpload(
  connection: AzureConnection,
  target: BlockBlobClient,
  file: StagedFile,
  link: string,
): Promise<void> {
  const metadata = { sha256: file.sha256 };
  try {
    if (file.sizeBytes <= copyAtOnceBytes) await target.syncCopyFromURL(link, { metadata });
    else await copyInParts(target, file, copyAtOnceBytes);
  } catch (error) {
    if (!isRestError(error) || !cannotCopy(error.statusCode, error.code)) throw error;
    const { readableStreamBody } = await linkedBlob(connection, link).download();
    return upload(target, file, Readable.from(readableStreamBody ?? []));
  }
  if (await isThere(target, file)) return;
  await target.deleteIfExists();
  throw corrupt(file);
}

/** The storage cannot reach the source, or does not know how; we may be able to. */
const cannotCopy = (status: number | undefined, code: string | undefined): boolean =>
  status === 501 || code === "CannotVerifyCopySource" || code === "CopyIdMismatch";

async function upload(target: BlockBlobClient, file: StagedFile, source: Readable): Promise<void> {
  const checked = source.pipe(digestChecked(file));
  source.once("error", (error) => checked.destroy(error));
  await target.uploadStream(checked, blockBytes, blocksInFlight, {
    metadata: { sha256: file.sha256 },
  });
}

/** Fails before its end is reached, so that blocks of wrong bytes are never committed. */
function digestChecked(file: StagedFile): Transform {
  const hash = createHash("sha256");
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      const right = bytes === file.sizeBytes && hash.digest("hex") === file.sha256;
      done(right ? null : corrupt(file));
    },
  });
}

const corrupt = (file: StagedFile): DomainError =>
  new DomainError("digest-mismatch", `The bytes of ${file.path} are not those its digest names.`);
