import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { askLink, longestLinkMs } from "@preceptor/domain/file-link";
import type { AttemptSpec, LinkedFile } from "../../provider.ts";
import type { AttemptLayout } from "../layout.ts";
import { AttemptFailure, inWords } from "./failure.ts";
import { openLink, TransientLinkError } from "./open-link.ts";

const copiesAtOnce = 4;
const retryAfterMs = [500, 2000];

interface Copy {
  readonly owner: string;
  readonly file: LinkedFile;
  readonly target: string;
  readonly mode: number;
}
type Progress = (doneBytes: number, totalBytes: number) => void;

/** Copies every file of the spec to its place and checks its digest on the way; a copy, so that no job can change what others read. */
export async function materialise(
  layout: AttemptLayout,
  spec: AttemptSpec,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<void> {
  const copies = copiesOf(layout, spec);
  const totalBytes = copies.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  let doneBytes = 0;
  const waiting = copies.values();
  const worker = async (): Promise<void> => {
    for (const copy of waiting) {
      await copyWithRetry(copy, signal);
      doneBytes += copy.file.sizeBytes;
      onProgress(doneBytes, totalBytes);
    }
  };
  await Promise.all(Array.from({ length: copiesAtOnce }, worker));
}

export async function makeFolders(layout: AttemptLayout, spec: AttemptSpec): Promise<void> {
  const inputs = Object.keys(spec.inputs).map((name) => join(layout.inputs, name));
  for (const folder of [
    layout.code,
    layout.checkpoints,
    layout.outputs,
    layout.logs,
    layout.forked,
    layout.inputs,
    ...inputs,
  ])
    await mkdir(folder, { recursive: true });
}

function copiesOf(layout: AttemptLayout, spec: AttemptSpec): readonly Copy[] {
  const place = (owner: string, root: string, files: readonly LinkedFile[], mode: number): Copy[] =>
    files.map((file) => ({ owner, file, target: join(root, file.path), mode }));
  const { resumeFrom } = spec;
  return [
    // A link carries no mode; a program of several files may start its own scripts.
    ...place("code", layout.code, spec.code, 0o755),
    ...Object.entries(spec.inputs).flatMap(([name, files]) =>
      place(`input ${name}`, join(layout.inputs, name), files, 0o444),
    ),
    ...(resumeFrom
      ? place(
          `checkpoint ${resumeFrom.name}`,
          join(layout.resume, resumeFrom.name),
          resumeFrom.files,
          0o444,
        )
      : []),
  ];
}

async function copyWithRetry(copy: Copy, signal: AbortSignal): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await copyVerified(copy, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const waitMs = retryAfterMs[tries];
      if (!(error instanceof TransientLinkError) || waitMs === undefined)
        throw unavailable(copy, error);
      await rm(copy.target, { force: true });
      await pause(waitMs, undefined, { signal });
    }
  }
}

async function copyVerified({ file, target, mode }: Copy, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash("sha256");
  let size = 0;
  const source = await openLink(await askLink(file.link, longestLinkMs), signal);
  await using copy = await open(target, "wx", mode);
  for await (const chunk of source) {
    size += chunk.length;
    if (size > file.sizeBytes)
      throw new AttemptFailure("input-unavailable", `it is longer than ${file.sizeBytes} bytes`);
    hash.update(chunk);
    await copy.appendFile(chunk);
  }
  if (size !== file.sizeBytes)
    throw new AttemptFailure(
      "input-unavailable",
      `it has ${size} bytes instead of ${file.sizeBytes}`,
    );
  if (hash.digest("hex") !== file.sha256)
    throw new AttemptFailure("input-unavailable", "its content does not match its digest");
}

function unavailable({ owner, file }: Copy, error: unknown): AttemptFailure {
  const why =
    error instanceof AttemptFailure || error instanceof TransientLinkError
      ? error.message
      : inWords(error);
  return new AttemptFailure("input-unavailable", `${owner}: ${file.path}: ${why}`);
}
