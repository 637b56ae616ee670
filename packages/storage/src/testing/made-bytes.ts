import { createCipheriv } from "node:crypto";

/** Bytes without pattern that are the same in every process: what a seed says, `chunkBytes` at a time. */
export function* madeBytes(seed: number, sizeBytes: number, chunkBytes: number): Generator<Buffer> {
  const key = Buffer.alloc(16);
  key.writeUInt32BE(seed);
  const cipher = createCipheriv("aes-128-ctr", key, Buffer.alloc(16));
  for (let at = 0; at < sizeBytes; at += chunkBytes)
    yield cipher.update(Buffer.alloc(Math.min(chunkBytes, sizeBytes - at)));
}
