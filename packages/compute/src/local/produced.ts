import { constants } from "node:fs";
import { lstat, open, readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { DomainError, isSafePath } from "@preceptor/domain";
import type { ProducedFile } from "../provider.ts";
import { errorCode } from "./state.ts";

/** Regular files below `root` in path order. Links are neither listed nor followed; names that are not safe paths are left out. */
export async function listProducedFiles(root: string): Promise<readonly ProducedFile[]> {
  if (!(await isInPlace(root))) return [];
  const files: ProducedFile[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await entries(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (!isSafePath(path)) continue;
      if (entry.isDirectory()) folders.push(path);
      if (!entry.isFile()) continue;
      // A program renames its files while we look.
      const found = await lstat(join(root, path)).catch(() => null);
      if (found?.isFile())
        files.push({ path, sizeBytes: found.size, modifiedAtMs: Math.round(found.mtimeMs) });
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A program can put a link in the place of the area itself. */
const isInPlace = async (root: string): Promise<boolean> =>
  (await lstat(root).catch(() => null))?.isDirectory() ?? false;

async function entries(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return [];
    throw error;
  }
}

/** Opens first and asks afterwards where the opened file really is: a folder swapped for a link in between is noticed. */
export async function readProducedFile(root: string, path: string): Promise<NodeJS.ReadableStream> {
  const refusal = new DomainError("not-found", `the attempt has no file ${JSON.stringify(path)}`);
  if (!isSafePath(path)) throw refusal;
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(root, path), flags).catch(() => {
    throw refusal;
  });
  try {
    const real = await realpath(join(root, path));
    const [opened, named] = await Promise.all([file.stat(), stat(real)]);
    const inside = (await isInPlace(root)) && real === join(await realpath(root), path);
    if (!opened.isFile() || !inside || opened.ino !== named.ino || opened.dev !== named.dev)
      throw refusal;
  } catch {
    await file.close();
    throw refusal;
  }
  return file.createReadStream();
}
