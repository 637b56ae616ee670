import { constants } from "node:fs";
import { open, realpath, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DomainError, isSafePath } from "@preceptor/domain";
import { errno } from "./fault.ts";

/** Uploads under way live here, on the same filesystem as where they end, so that a link is enough to publish them. */
export const INCOMING = ".incoming";

/** Where a name's bytes are, below a root that is already a real path. Throws `invalid` for a name that could leave it. */
export function placeOf(root: string, name: string): string {
  if (!isSafePath(name))
    throw new DomainError("invalid", "An object's name must stay inside its store.", {
      field: "name",
    });
  if (name.split("/")[0] === INCOMING)
    throw new DomainError("invalid", `Names below ${INCOMING} are the store's own.`, {
      field: "name",
    });
  return join(root, name);
}

/** A link planted in a folder above would lead out of the root: the folder's real path must be the one the name spells. */
export async function assertNoLinkAbove(place: string): Promise<void> {
  const folder = dirname(place);
  if ((await realpath(folder)) !== folder)
    throw new DomainError("invalid", "A symbolic link stands in the way of this name.", {
      field: "name",
    });
}

/** Opens an object's file for reading; null when there is none. Never through a symbolic link. */
export async function openObject(place: string): Promise<FileHandle | null> {
  let handle: FileHandle | undefined;
  try {
    await assertNoLinkAbove(place);
    handle = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return null;
  } catch (error) {
    if (handle !== undefined || error instanceof DomainError) throw error;
    const code = errno(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
    if (code === "ELOOP")
      throw new DomainError("invalid", "This name is a symbolic link, not an object.", {
        field: "name",
        cause: error,
      });
    throw error;
  }
}
