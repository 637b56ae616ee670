import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { DomainError } from "@preceptor/domain";
import type { PutOptions } from "../store.ts";

export interface Measured {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Writes the body to an open file and says what was written; throws when it is not what the caller announced. */
export async function writeMeasured(
  file: FileHandle,
  body: Readable,
  expected: PutOptions,
): Promise<Measured> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of chunksOf(body, () => sizeBytes)) {
    sizeBytes += chunk.byteLength;
    if (expected.sizeBytes !== undefined && sizeBytes > expected.sizeBytes)
      throw wrongSize(expected.sizeBytes, `more than ${expected.sizeBytes}`);
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  if (expected.sizeBytes !== undefined && sizeBytes !== expected.sizeBytes)
    throw wrongSize(expected.sizeBytes, String(sizeBytes));
  const sha256 = hash.digest("hex");
  if (expected.sha256 !== undefined && expected.sha256 !== sha256)
    throw new DomainError(
      "digest-mismatch",
      `The bytes have sha256 ${sha256}, not ${expected.sha256} as announced. Nothing was kept.`,
      { field: "sha256" },
    );
  return { sha256, sizeBytes };
}

export async function measure(file: FileHandle): Promise<Measured> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    const bytes: Uint8Array = chunk;
    hash.update(bytes);
    sizeBytes += bytes.byteLength;
  }
  return { sha256: hash.digest("hex"), sizeBytes };
}

/** A body that breaks is the sender's fault, told apart from a disk that does. */
async function* chunksOf(body: Readable, received: () => number): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      "invalid",
      `The upload was cut after ${received()} bytes. Nothing was kept; send it again.`,
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
