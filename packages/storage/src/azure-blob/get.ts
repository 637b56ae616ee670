import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { BlobClient, BlobDownloadResponseParsed } from "@azure/storage-blob";
import { DomainError } from "@preceptor/domain";
import { asDomainError, statusOf, wordOf } from "./fault.ts";

export interface DownloadSettings {
  readonly rangeBytes: number;
  readonly rangesInFlight: number;
}
interface Part {
  readonly start: number;
  readonly end: number;
}

/** A part that is not through by then never will be; a line of 0.5 Mbit/s still makes it. */
const partMs = 20 * 60_000;

/**
 * Reads parts at the same time and gives them in order, holding no more than those. The whole object is checked against its recorded
 * digest: the stream fails at its end when the bytes are others. A range cannot be checked.
 */
export async function getObject(
  blob: BlobClient,
  range: { start: number; end?: number } | undefined,
  settings: DownloadSettings,
): Promise<Readable> {
  const { start, end } = range ?? { start: 0 };
  assertRange(start, end);
  const close = new AbortController();
  const first =
    start === end ? null : await firstPart(blob, start, end, settings.rangeBytes, close.signal);
  if (first === null) {
    const { metadata, contentLength } = await blob.getProperties();
    if (range === undefined && contentLength === 0)
      assertDigest(createHash("sha256").digest("hex"), metadata);
    return Readable.from([]);
  }
  const size = sizeIn(first);
  const stop = Math.min(end ?? size, size);
  const bytes = inOrder(blob, first, { start, end: stop }, settings, close.signal);
  const checked = start === 0 && stop === size ? verified(bytes, first.metadata) : bytes;
  const stream = Readable.from(translated(checked), { objectMode: false });
  return stream.once("close", () => close.abort());
}

function assertRange(start: number, end: number | undefined): void {
  const whole = Number.isSafeInteger(start) && (end === undefined || Number.isSafeInteger(end));
  if (!whole || start < 0 || (end !== undefined && end < start))
    throw new DomainError(
      "invalid",
      "A range is two byte offsets, the first not after the second.",
      { field: "range" },
    );
}

/** One request tells that the object is there, its size, version and digest, and begins its bytes. null: nothing from `start` on. */
async function firstPart(
  blob: BlobClient,
  start: number,
  end: number | undefined,
  rangeBytes: number,
  signal: AbortSignal,
): Promise<BlobDownloadResponseParsed | null> {
  const count = Math.min(rangeBytes, (end ?? Number.MAX_SAFE_INTEGER) - start);
  try {
    return await blob.download(start, count, { abortSignal: signal });
  } catch (error) {
    if (statusOf(error) === 416 || wordOf(error) === "InvalidRange") return null;
    throw error;
  }
}

function sizeIn(response: BlobDownloadResponseParsed): number {
  const size = Number(/\/(\d+)$/.exec(response.contentRange ?? "")?.[1] ?? response.contentLength);
  if (Number.isSafeInteger(size)) return size;
  throw new DomainError("unavailable", "The store did not say how large the object is.");
}

async function* inOrder(
  blob: BlobClient,
  first: BlobDownloadResponseParsed,
  { start, end }: Part,
  { rangeBytes, rangesInFlight }: DownloadSettings,
  closed: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const conditions = first.etag === undefined ? {} : { ifMatch: first.etag };
  const countFrom = (from: number): number => Math.min(rangeBytes, end - from);
  const open = async (from: number): Promise<Buffer> => {
    const abortSignal = AbortSignal.any([closed, AbortSignal.timeout(partMs)]);
    const count = countFrom(from);
    return whole(await blob.download(from, count, { conditions, abortSignal }), count);
  };
  const ahead = [whole(first, countFrom(start))];
  let next = start + rangeBytes;
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    for (; ahead.length < rangesInFlight - 1 && next < end; next += rangeBytes) {
      const opened = open(next);
      // Its failure is met when its turn comes, or not at all when the reader has gone.
      opened.catch(() => {});
      ahead.push(opened);
    }
    yield await part;
  }
}

/**
 * Takes a part off the network at once, into one piece: handed on in the pieces of the network, each through every layer of the stream, bytes
 * took half as long again.
 */
function whole(response: BlobDownloadResponseParsed, count: number): Promise<Buffer> {
  const held = Buffer.allocUnsafeSlow(count);
  const source = response.readableStreamBody;
  return new Promise((resolve, reject) => {
    let taken = 0;
    const cut = (): void => reject(new Error("the connection was cut in the middle of a part"));
    if (source === undefined) return cut();
    source.on("data", (piece: Buffer) => {
      taken += piece.copy(held, taken);
    });
    source.once("error", reject);
    source.once("end", () => (taken === count ? resolve(held) : cut()));
    source.once("close", () => (taken === count ? undefined : cut()));
  });
}

async function* verified(
  bytes: AsyncIterable<Uint8Array>,
  metadata: Readonly<Record<string, string>> | undefined,
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
  assertDigest(hash.digest("hex"), metadata);
}

function assertDigest(found: string, metadata: Readonly<Record<string, string>> | undefined): void {
  const recorded = metadata?.["sha256"];
  if (recorded === found) return;
  throw new DomainError(
    "digest-mismatch",
    recorded === undefined
      ? "The object was not put here by this store: no digest is recorded to check it by."
      : `The object's bytes have sha256 ${found}, not ${recorded} as recorded. Do not use them; restore the object from a backup.`,
  );
}

async function* translated(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw asDomainError(error);
  }
}
