import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { BlockBlobClient } from "@azure/storage-blob";
import { DomainError } from "@preceptor/domain";
import type { PutOptions } from "../store.ts";
import { cutBlocks, type Block, type Measured } from "./blocks.ts";
import { statusOf, wordOf } from "./fault.ts";
import { sendWhole, stageBlocks, type Rest } from "./stage.ts";

export interface UploadSettings {
  readonly blockBytes: number;
  readonly blocksInFlight: number;
}

const contentType = "application/octet-stream";
const onlyIfNew = { ifNoneMatch: "*" };

/**
 * A body of one block goes in one request; a longer one is staged block by block and shown by one commit. Neither replaces an object:
 * what a commit finds in its place is compared by the digest in its metadata.
 */
export async function putObject(
  blob: BlockBlobClient,
  body: Readable,
  expected: PutOptions,
  { blockBytes, blocksInFlight }: UploadSettings,
): Promise<Measured> {
  const rest = cutBlocks(body, blockBytes, expected);
  const first = await rest.next();
  if (first.done === true) return putWhole(blob, null, first.value);
  const second = await rest.next();
  if (second.done === true) return putWhole(blob, first.value, second.value);

  const begun: Rest = { head: [first.value, second.value], rest };
  if ((await recordedDigest(blob)) !== undefined) {
    const measured = await drain(begun);
    await assertHolds(blob, measured);
    return measured;
  }
  const { ids, measured } = await stageBlocks(blob, body, begun, blocksInFlight);
  await commit(blob, measured, () =>
    blob.commitBlockList([...ids], {
      conditions: onlyIfNew,
      metadata: { sha256: measured.sha256 },
      blobHTTPHeaders: { blobContentType: contentType },
    }),
  );
  return measured;
}

async function putWhole(
  blob: BlockBlobClient,
  block: Block | null,
  measured: Measured,
): Promise<Measured> {
  const bytes = block?.bytes ?? Buffer.alloc(0);
  const md5 = block?.md5 ?? createHash("md5").digest();
  await commit(blob, measured, () =>
    sendWhole(async (abortSignal) => {
      await blob.upload(bytes, bytes.length, {
        abortSignal,
        conditions: onlyIfNew,
        metadata: { sha256: measured.sha256 },
        blobHTTPHeaders: { blobContentType: contentType, blobContentMD5: md5 },
        transactionalContentMD5: md5,
      });
    }),
  );
  return measured;
}

/** Also the answer when a commit was repeated because the first answer was lost: the object is there and holds these bytes. */
async function commit(
  blob: BlockBlobClient,
  measured: Measured,
  write: () => Promise<unknown>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    const taken = statusOf(error) === 409 || statusOf(error) === 412;
    // Whoever committed first made the service forget what else was staged under the name.
    if (!taken && wordOf(error) !== "InvalidBlockList") throw error;
    if ((await recordedDigest(blob)) === undefined) throw error;
    await assertHolds(blob, measured);
  }
}

async function assertHolds(blob: BlockBlobClient, measured: Measured): Promise<void> {
  if ((await recordedDigest(blob)) === measured.sha256) return;
  throw new DomainError(
    "already-exists",
    "An object of this name holds other bytes; objects are never overwritten.",
    { field: "name" },
  );
}

/** undefined when there is no such object; "" when another tool put it there and no digest is known. */
async function recordedDigest(blob: BlockBlobClient): Promise<string | undefined> {
  try {
    return (await blob.getProperties()).metadata?.["sha256"] ?? "";
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** Reads on without sending: the name is taken, and only the digest can say whether by the same bytes. */
async function drain({ head, rest }: Rest): Promise<Measured> {
  for (const block of head) block.release();
  for (;;) {
    const next = await rest.next();
    if (next.done === true) return next.value;
    next.value.release();
  }
}
