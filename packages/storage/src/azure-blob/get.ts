import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { BlobClient, BlobDownloadResponseParsed } from "@azure/storage-blob";
import { DomainError } from "@preceptor/domain";
import { asDomainError, statusOf, wordOf } from "./fault.ts";
import { inOrder, type Part } from "./in-order.ts";

export interface DownloadSettings {
  readonly rangeBytes: number;
  readonly rangesInFlight: number;
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
  const closedFirst = new AbortController();
  const first =
    start === end
      ? null
      : await firstPart(blob, start, end, settings.rangeBytes, closedFirst.signal);
  if (first === null) {
    const { metadata, contentLength } = await blob.getProperties();
    if (range === undefined && contentLength === 0)
      assertDigest(createHash("sha256").digest("hex"), metadata);
    return Readable.from([]);
  }
  const size = sizeIn(first);
  const stop = Math.min(end ?? size, size);
  const conditions = first.etag === undefined ? {} : { ifMatch: first.etag };
  const hash = start === 0 && stop === size ? createHash("sha256") : null;
  return inOrder({
    parts: partsFrom(start, stop, settings.rangeBytes),
    partsInFlight: settings.rangesInFlight,
    async open(part, closed) {
      if (part.start === start) {
        closed.addEventListener("abort", () => closedFirst.abort());
        return bodyOf(first);
      }
      const abortSignal = AbortSignal.any([closed, AbortSignal.timeout(partMs)]);
      const count = part.end - part.start;
      return bodyOf(await blob.download(part.start, count, { conditions, abortSignal }));
    },
    onPiece: (piece) => hash?.update(piece),
    onEnd: () => hash && assertDigest(hash.digest("hex"), first.metadata),
    inOurWords: asDomainError,
  });
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
  const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(partMs)]);
  try {
    return await blob.download(start, count, { abortSignal });
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

function* partsFrom(start: number, end: number, rangeBytes: number): Generator<Part> {
  for (let from = start; from < end; from += rangeBytes)
    yield { start: from, end: Math.min(from + rangeBytes, end) };
}

function bodyOf(response: BlobDownloadResponseParsed): NodeJS.ReadableStream {
  if (response.readableStreamBody !== undefined) return response.readableStreamBody;
  throw new DomainError("unavailable", "The store answered without the object's bytes.");
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
