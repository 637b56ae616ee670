import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { isSafePath, type FileEntry } from "@preceptor/domain";
import type { Session } from "../connection/session.ts";
import { exitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import { sha256Of } from "../folder/hash.ts";
import type { Io } from "../io.ts";

/** What a link is asked for with; each asking is written in the audit log. */
export type AskLink = (path: string) => Promise<{ readonly url: string }>;

interface Fetching {
  readonly io: Io;
  readonly session: Session;
  /** A folder that exists, without links in its path. */
  readonly root: string;
  readonly ask: AskLink;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Brings one file below the folder: written aside, checked against its digest, then renamed, so that a name that is there is whole. One
 * that is there already with these bytes is left as it is; one with others is never replaced.
 */
export async function fetchFile(fetching: Fetching, file: FileEntry): Promise<"fetched" | "there"> {
  const { io, root, onBytes } = fetching;
  const target = await placeOf(root, file.path);
  const found = await lstat(target).catch(() => null);
  if (found !== null) {
    const same =
      found.isFile() &&
      found.size === file.sizeBytes &&
      (await sha256Of(io, { absolute: target, ...file }, () => {})) === file.sha256;
    if (!same)
      throw refused(file.path, "is there already with other content; nothing was replaced");
    onBytes(file.sizeBytes);
    return "there";
  }
  const aside = join(dirname(target), `.${basename(target)}.${file.sha256.slice(0, 12)}.part`);
  // What an interrupted run left; also a link somebody put there, which is never followed.
  await rm(aside, { force: true });
  try {
    await write(fetching, file, aside);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  return "fetched";
}

async function write(fetching: Fetching, file: FileEntry, aside: string): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  await using out = await open(aside, flags, 0o600);
  const hash = createHash("sha256");
  let written = 0;
  for await (const chunk of await bytesOf(fetching, file)) {
    written += chunk.byteLength;
    if (written > file.sizeBytes) break;
    hash.update(chunk);
    await out.appendFile(chunk);
    fetching.onBytes(chunk.byteLength);
  }
  if (written !== file.sizeBytes || hash.digest("hex") !== file.sha256)
    throw refused(file.path, "what arrived is not what its digest says; nothing of it was kept");
  await out.sync();
}

/** Our token goes to our server alone: a store's link carries its own right. */
async function bytesOf(
  { io, session, ask }: Fetching,
  file: FileEntry,
): Promise<AsyncIterable<Uint8Array>> {
  const url = new URL((await ask(file.path)).url, session.url);
  const ours = url.origin === new URL(session.url).origin;
  if (!ours && url.protocol !== "https:")
    throw refused(file.path, "its link is not an https address; it was not opened");
  const response = await fetch(url, {
    redirect: "error",
    headers: ours ? { authorization: `Bearer ${session.token}` } : {},
    signal: io.stopped,
  });
  if (response.ok && response.body !== null) return response.body;
  await response.body?.cancel();
  throw new CliError(
    response.status >= 500 ? exitCode.unreachable : exitCode.failed,
    "A file was not downloaded.",
    [{ field: file.path, message: `its storage answered ${response.status}` }],
  );
}

/** Where the file is to be; never outside the folder, neither by its name nor through a link that stands in the way. */
async function placeOf(root: string, path: string): Promise<string> {
  if (!isSafePath(path)) throw refused(path, "leaves the folder; it was not written");
  const target = join(root, ...path.split("/"));
  await mkdir(dirname(target), { recursive: true });
  const real = await realpath(dirname(target));
  if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep))
    throw refused(path, "would be written through a link that leaves the folder; it was not");
  return join(real, basename(target));
}

const refused = (path: string, message: string): CliError =>
  new CliError(exitCode.failed, "A file was not downloaded.", [{ field: path, message }]);
