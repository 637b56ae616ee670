import { client } from "../../../api/client.ts";
import { messageOf } from "../../../api/error.ts";
import type { Inputs, Outputs } from "../../../api/types.ts";
import type { ChosenFile } from "./files.ts";
import { hashFile } from "./hash-file.ts";
import { putFile } from "./put-file.ts";

export type FilePhase = "waiting" | "hashing" | "sending" | "arrived" | "failed";
export interface FileProgress {
  readonly path: string;
  readonly sizeBytes: number;
  readonly phase: FilePhase;
  readonly sentBytes: number;
  readonly error: string | null;
}
export type Registration = Omit<Inputs["dataset"]["beginUpload"], "files">;
type Announce = (path: string, change: Partial<FileProgress>) => void;

interface UploadRun {
  readonly registration: Registration;
  readonly files: readonly ChosenFile[];
  readonly signal: AbortSignal;
  readonly announce: Announce;
  readonly onBegun: (uploadId: string) => void;
}

/**
 * Digests first, then each file, then the version. A file that fails does not stop the others; null says that some are missing.
 * Run again with the same registration, it goes on with what has not arrived.
 */
export async function uploadDataset(
  run: UploadRun,
): Promise<Outputs["dataset"]["finishUpload"] | null> {
  const announced = await digests(run);
  if (announced === null) return null;
  const { uploadId, missing } = await client.dataset.beginUpload.mutate({
    ...run.registration,
    files: announced,
  });
  run.onBegun(uploadId);
  run.signal.throwIfAborted();
  let failed = 0;
  for (const { path, file } of run.files) {
    const arrived =
      !missing.includes(path) || (await attempt(run, path, () => send(run, uploadId, path, file)));
    if (arrived) run.announce(path, { phase: "arrived", sentBytes: file.size });
    else failed += 1;
  }
  return failed > 0 ? null : client.dataset.finishUpload.mutate({ uploadId });
}

async function digests(run: UploadRun) {
  const announced = [];
  let failed = 0;
  for (const { path, split, mediaType, file } of run.files) {
    run.announce(path, { phase: "hashing", sentBytes: 0, error: null });
    let sha256 = "";
    const read = await attempt(run, path, async () => {
      sha256 = await hashFile(file);
    });
    if (read) run.announce(path, { phase: "waiting" });
    else failed += 1;
    announced.push({ path, split, mediaType, sha256, sizeBytes: file.size });
  }
  return failed > 0 ? null : announced;
}

function send(run: UploadRun, uploadId: string, path: string, file: File): Promise<void> {
  run.announce(path, { phase: "sending", sentBytes: 0 });
  const onProgress = (sentBytes: number) => run.announce(path, { sentBytes });
  return putFile({ uploadId, path, file, signal: run.signal, onProgress });
}

/** Runs one file's step; a failure is told beside that file, a cancellation ends the whole run. */
async function attempt(run: UploadRun, path: string, step: () => Promise<void>): Promise<boolean> {
  try {
    run.signal.throwIfAborted();
    await step();
    run.signal.throwIfAborted();
    return true;
  } catch (error) {
    if (run.signal.aborted) throw error;
    run.announce(path, { phase: "failed", error: messageOf(error) });
    return false;
  }
}
