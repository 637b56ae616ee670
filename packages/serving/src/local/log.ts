import { open } from "node:fs/promises";
import type { DeploymentFolder } from "./folder.ts";

/** Bytes from `offset` on; a character cut by the limit is left for the next read. */
export async function readServerLog(
  folder: DeploymentFolder,
  offset: number,
  limitBytes: number,
): Promise<{ text: string; nextOffset: number }> {
  const file = await open(folder.log, "r").catch(() => null);
  if (file === null) return { text: "", nextOffset: offset };
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(limitBytes), 0, limitBytes, offset);
    const whole = wholeCharacters(buffer.subarray(0, bytesRead));
    return { text: whole.toString(), nextOffset: offset + whole.byteLength };
  } finally {
    await file.close();
  }
}

function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(4, bytes.byteLength); back++) {
    const byte = bytes[bytes.byteLength - back] ?? 0;
    if (byte < 0x80) return bytes;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
    if (needed > 0) return needed > back ? bytes.subarray(0, bytes.byteLength - back) : bytes;
  }
  return bytes;
}
