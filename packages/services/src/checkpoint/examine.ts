import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import {
  beginsAsPickle,
  checkpointRefusal,
  headerBytesOf,
  isWeights,
  longestHeaderBytes,
  pickleHeadBytes,
  pickleRefusal,
  readSafetensors,
  sumTensors,
  type FileEntry,
  type TensorSummary,
} from "@preceptor/domain";

/** A file an attempt produced, read from its start as often as needed. */
export interface CandidateFile {
  readonly path: string;
  readonly open: () => Promise<Readable>;
}
export interface Examination {
  readonly files: readonly FileEntry[];
  readonly tensors: TensorSummary | null;
  /** Why it is not accepted; null when it is sound. */
  readonly refusal: string | null;
  /** A file is cut: it may still be being written. */
  readonly torn: boolean;
}

/** Reads every file once: its digest, its size, what its safetensors header says, and whether it is a pickle under another name. */
export async function examineFiles(candidates: readonly CandidateFile[]): Promise<Examination> {
  const files: FileEntry[] = [];
  const parts: TensorSummary[] = [];
  let refusal = checkpointRefusal(candidates.map((file) => file.path));
  let torn = false;
  for (const { path, open } of [...candidates].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const wantsHeader = path.endsWith(".safetensors");
    const { entry, head } = await measure(path, await open(), wantsHeader);
    files.push(entry);
    if (!wantsHeader) {
      if (beginsAsPickle(head)) refusal ??= pickleRefusal(path);
      continue;
    }
    const reading = readSafetensors(head, entry.sizeBytes);
    if (reading.kind === "whole") {
      if (isWeights(path)) parts.push(reading.tensors);
    } else {
      torn ||= reading.kind === "torn";
      refusal ??= `${path} is ${reading.kind === "torn" ? "torn" : "no safetensors file"}: ${reading.message}.`;
    }
  }
  return { files, tensors: sumTensors(parts), refusal, torn };
}

async function measure(path: string, body: Readable, wantsHeader: boolean) {
  const hash = createHash("sha256");
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let sizeBytes = 0;
  let wantedBytes = wantsHeader ? 8 : pickleHeadBytes;
  for await (const chunk of body) {
    const bytes: Buffer = chunk;
    hash.update(bytes);
    sizeBytes += bytes.length;
    if (keptBytes >= wantedBytes) continue;
    kept.push(bytes);
    keptBytes += bytes.length;
    // A header longer than the format allows is judged by its length alone.
    if (wantsHeader && keptBytes >= 8)
      wantedBytes = Math.min(headerBytesOf(Buffer.concat(kept)) ?? 8, longestHeaderBytes);
  }
  const entry: FileEntry = { path, sha256: hash.digest("hex"), sizeBytes };
  return { entry, head: Buffer.concat(kept) };
}
