import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LogChunk } from "../provider.ts";
import type { AttemptLayout } from "./layout.ts";
import { errorCode, readState } from "./state.ts";
import { tornTail } from "../utf8.ts";

const logName = /^[a-z]+(-\d+)?$/;
const mostBytes = 1024 * 1024;
/** Room for one character of four bytes: a smaller limit could never move on. */
const leastBytes = 4;

export async function listLogs(layout: AttemptLayout): Promise<readonly string[]> {
  const names = await readdir(layout.logs).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => logName.test(name))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** Whole characters from `offset` on. A log that does not exist yet is empty. */
export async function readLog(
  layout: AttemptLayout,
  log: string,
  offset: number,
  limitBytes: number,
): Promise<LogChunk> {
  // The state is read before the log: what it calls ended cannot grow afterwards.
  const state = await readState(layout);
  const ended = state?.ending != null;
  const droppedBytes = state?.dropped[log] ?? 0;
  const bytes = await readBytes(
    layout,
    log,
    offset,
    Math.min(mostBytes, Math.max(leastBytes, limitBytes)),
  );
  const torn = tornTail(bytes);
  // A character that will never be completed is shown as the replacement sign.
  const last = ended && torn === bytes.length;
  const whole = last ? bytes : bytes.subarray(0, bytes.length - torn);
  return { text: whole.toString("utf8"), nextOffset: offset + whole.length, droppedBytes, ended };
}

async function readBytes(
  layout: AttemptLayout,
  log: string,
  offset: number,
  length: number,
): Promise<Buffer> {
  if (!logName.test(log)) return Buffer.alloc(0);
  try {
    await using file = await open(join(layout.logs, log));
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
