import { createHash } from "node:crypto";
import type { ContainerClient } from "@azure/storage-blob";
import type { AzureConnection } from "./connection.ts";
import { orNull } from "./once.ts";
import { stageFile, type StagedFile } from "./stage-file.ts";

/** With four blocks of 8 MiB each it holds 128 MiB at most. */
const inFlight = 4;
/** A rule of the storage may remove files that nobody reads for weeks, and leave the mark. */
const believedMs = 24 * 3600_000;

/**
 * Copies linked files under `prefix/`, `<prefix>.staged` written last, and does nothing when that mark names these very
 * files and is of the last day; an older one has each file looked after. Safe to repeat after a crash: files already there are not sent again. Bytes behind `https:` links go from
 * storage to storage where it lets them; everything that passes through here is checked against its SHA-256.
 */
export async function stageFolder(
  connection: AzureConnection,
  container: ContainerClient,
  prefix: string,
  files: readonly StagedFile[],
  now: () => number = Date.now,
): Promise<void> {
  const folder = prefix.replace(/\/+$/, "");
  const mark = container.getBlockBlobClient(`${folder}.staged`);
  const digest = digestOf(files);
  const found = await orNull(mark.getProperties());
  const ageMs = now() - (found?.lastModified?.getTime() ?? 0);
  if (found?.metadata?.files === digest && ageMs < believedMs) return;
  const queue = files.values();
  const work = async (): Promise<void> => {
    for (const file of queue)
      await stageFile(connection, container.getBlockBlobClient(`${folder}/${file.path}`), file);
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, files.length) }, work));
  const text = JSON.stringify({ files: files.map(({ path, sha256 }) => ({ path, sha256 })) });
  await mark.upload(text, Buffer.byteLength(text), { metadata: { files: digest } });
}

/** Of names, digests and sizes in one order; links change with every signing. */
function digestOf(files: readonly StagedFile[]): string {
  const lines = files.map(({ path, sha256, sizeBytes }) =>
    JSON.stringify([path, sha256, sizeBytes]),
  );
  return createHash("sha256").update(lines.toSorted().join("\n")).digest("hex");
}
