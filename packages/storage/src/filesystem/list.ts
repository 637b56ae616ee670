import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { DomainError, isSafePath } from "@preceptor/domain";
import type { StoredObject } from "../store.ts";
import { errno } from "./fault.ts";
import { INCOMING } from "./place.ts";

/** Objects whose names begin with the prefix, in code-unit order of name. Links and uploads under way are left out. */
export async function* listObjects(root: string, prefix: string): AsyncGenerator<StoredObject> {
  const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  if (folder !== "" && !isSafePath(folder.slice(0, -1)))
    throw new DomainError("invalid", "A prefix must stay inside its store.", { field: "prefix" });
  yield* walk(root, folder, prefix);
}

async function* walk(root: string, folder: string, prefix: string): AsyncGenerator<StoredObject> {
  for (const entry of await entriesOf(root, folder)) {
    const name = folder + entry;
    const inside = name.endsWith("/");
    if (!(inside ? name.startsWith(prefix) || prefix.startsWith(name) : name.startsWith(prefix)))
      continue;
    if (inside) yield* walk(root, name, prefix);
    else {
      const found = await lstat(join(root, name)).catch(noneWhenGone);
      if (found?.isFile()) yield { name, sizeBytes: found.size };
    }
  }
}

/** Names in the folder, a folder's with a slash at its end: so sorting entries sorts whole names. */
async function entriesOf(root: string, folder: string): Promise<string[]> {
  const above = await lstat(join(root, folder.slice(0, -1))).catch(noneWhenGone);
  if (!above?.isDirectory()) return [];
  const entries =
    (await readdir(join(root, folder), { withFileTypes: true }).catch(noneWhenGone)) ?? [];
  return entries
    .filter((entry) => folder !== "" || entry.name !== INCOMING)
    .flatMap((entry) =>
      entry.isDirectory() ? [`${entry.name}/`] : entry.isFile() ? [entry.name] : [],
    )
    .sort();
}

function noneWhenGone(error: unknown): undefined {
  const code = errno(error);
  if (code === "ENOENT" || code === "ENOTDIR") return undefined;
  throw error;
}
