import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { DomainError } from "@preceptor/domain";
import type { PutOptions } from "../store.ts";

export interface Block {
  /**
   * Where it begins and the SHA-256 of everything up to its end: the same id is the same bytes, so that a block staged by a process
   * that was killed is known again. Always of one length, as the service demands of the blocks of a blob.
   */
  readonly id: string;
  readonly bytes: Buffer;
  readonly md5: Uint8Array;
  /** Its memory is used again for a later block. */
  release(): void;
}

export interface Measured {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** The service takes no more blocks than this in one blob. */
const mostBlocks = 50_000;
const smallestBytes = 64 * 1024;

/** Cuts the body into blocks and measures it; returns what it measured, throws when it is not what the caller announced. */
export async function* cutBlocks(
  body: Readable,
  blockBytes: number,
  expected: PutOptions,
): AsyncGenerator<Block, Measured> {
  const whole = createHash("sha256");
  const free: Buffer[] = [];
  let sizeBytes = 0;
  let filled = 0;
  let md5 = createHash("md5");
  let buffer: Buffer = Buffer.allocUnsafeSlow(
    Math.min(blockBytes, Math.max(1, expected.sizeBytes ?? smallestBytes)),
  );
  const cut = (): Block => {
    const id = Buffer.alloc(39, 1);
    id.writeUIntBE(sizeBytes - filled, 1, 6);
    whole.copy().digest().copy(id, 7);
    const held = buffer;
    const block = {
      id: id.toString("base64"),
      bytes: held.subarray(0, filled),
      md5: md5.digest(),
      release: () => void (held.length === blockBytes && free.push(held)),
    };
    filled = 0;
    md5 = createHash("md5");
    return block;
  };

  for await (const chunk of chunksOf(body, () => sizeBytes)) {
    if (expected.sizeBytes !== undefined && sizeBytes + chunk.byteLength > expected.sizeBytes)
      throw wrongSize(expected.sizeBytes, `more than ${expected.sizeBytes}`);
    for (let from = 0; from < chunk.byteLength;) {
      if (filled === blockBytes) {
        if (sizeBytes >= mostBlocks * blockBytes)
          throw new DomainError("too-large", "The object is too large for this store.");
        yield cut();
        buffer = free.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
      } else if (filled === buffer.length) buffer = grown(buffer, blockBytes);
      const piece = chunk.subarray(from, from + buffer.length - filled);
      buffer.set(piece, filled);
      whole.update(piece);
      md5.update(piece);
      filled += piece.byteLength;
      sizeBytes += piece.byteLength;
      from += piece.byteLength;
    }
  }
  if (expected.sizeBytes !== undefined && sizeBytes !== expected.sizeBytes)
    throw wrongSize(expected.sizeBytes, String(sizeBytes));
  const sha256 = whole.copy().digest("hex");
  if (expected.sha256 !== undefined && expected.sha256 !== sha256)
    throw new DomainError(
      "digest-mismatch",
      `The bytes have sha256 ${sha256}, not ${expected.sha256} as announced. Nothing was kept.`,
      { field: "sha256" },
    );
  if (filled > 0) yield cut();
  return { sha256, sizeBytes };
}

/** Most objects are small: only a body that turns out large takes a whole block of memory. */
function grown(buffer: Buffer, most: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.min(most, buffer.length * 4));
  buffer.copy(larger);
  return larger;
}

/** A body that breaks is the sender's fault, told apart from a store that does. */
async function* chunksOf(body: Readable, received: () => number): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      "invalid",
      `The upload was cut after ${received()} bytes. Nothing is shown of it; send it again.`,
      { cause: error },
    );
  }
}

const wrongSize = (announced: number, found: string): DomainError =>
  new DomainError(
    "invalid",
    `The upload has ${found} bytes, not ${announced} as announced. Nothing was kept.`,
    { field: "sizeBytes" },
  );
