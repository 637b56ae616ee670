import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { askLink, copyLifeMs, DomainError, isSafePath, manifestText } from "@preceptor/domain";
import type { ServedFile } from "../provider.ts";

/** The digest a board approved is over the whole list: one file more or less is another model. */
export function assertModelDigest(files: readonly ServedFile[], expected: string): void {
  const found = `sha256:${createHash("sha256").update(manifestText(files)).digest("hex")}`;
  if (found !== expected)
    throw new DomainError(
      "digest-mismatch",
      `These files are model ${found}, not ${expected}: nothing was loaded.`,
    );
}

/** Brings the files into an empty folder, each checked against its digest on the way. */
export async function materialise(
  files: readonly ServedFile[],
  folder: string,
  signal: AbortSignal,
  onFile: (done: number) => Promise<void>,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [index, file] of files.entries()) {
    await onFile(index);
    await bring(file, folder, signal);
  }
}

async function bring(file: ServedFile, folder: string, signal: AbortSignal): Promise<void> {
  if (!isSafePath(file.path))
    throw new DomainError("invalid", "A file's path leaves its folder: nothing was loaded.");
  const target = join(folder, file.path);
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const out = await open(target, "wx", 0o400);
  try {
    for await (const chunk of await openLink(
      await askLink(file.link, copyLifeMs(file.sizeBytes)),
      signal,
    )) {
      signal.throwIfAborted();
      sizeBytes += chunk.byteLength;
      if (sizeBytes > file.sizeBytes) break;
      hash.update(chunk);
      await out.writeFile(chunk);
    }
  } finally {
    await out.close();
  }
  if (sizeBytes !== file.sizeBytes || hash.digest("hex") !== file.sha256)
    throw new DomainError(
      "digest-mismatch",
      `${file.path} does not hold the bytes its digest says: nothing was loaded.`,
    );
}

async function openLink(link: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  const url = new URL(link);
  if (url.protocol === "file:") return createReadStream(fileURLToPath(url));
  if (url.protocol !== "https:")
    throw new DomainError("invalid", `A model's file cannot be read through ${url.protocol}`);
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null)
    throw new DomainError(
      "unavailable",
      `The store answered ${response.status} for a model's file.`,
    );
  return response.body;
}
