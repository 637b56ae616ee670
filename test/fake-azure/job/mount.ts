import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ContainerClient } from "@azure/storage-blob";
import type { BlobPlace } from "../blobs.ts";
import type { World } from "../world.ts";

/** A folder that a container's prefix shows through: what is written there becomes blobs, again on every change. */
export interface Mount {
  /** Carries over what changed since the last call, oldest change first, so that what is written last arrives last. */
  sync(): Promise<void>;
}

interface Version {
  readonly path: string;
  readonly changedMs: number;
  readonly sizeBytes: number;
}

/** A new folder starts with what the prefix holds; one that was there before the service restarted goes on. */
export async function openMount(world: World, place: BlobPlace, folder: string): Promise<Mount> {
  const container = world.blobs.container(place.container);
  const fresh = (await stat(folder).catch(() => null)) === null;
  if (fresh) await world.blobs.download(place, folder);
  await mkdir(folder, { recursive: true });
  const known = fresh ? byPath(await scan(folder)) : await alreadyThere(container, place, folder);
  return { sync: () => sync(container, place, folder, known) };
}

async function sync(
  container: ContainerClient,
  { prefix }: BlobPlace,
  folder: string,
  known: Map<string, Version>,
): Promise<void> {
  const found = await scan(folder);
  for (const file of found.toSorted((a, b) => a.changedMs - b.changedMs)) {
    const before = known.get(file.path);
    if (before && before.changedMs === file.changedMs && before.sizeBytes === file.sizeBytes)
      continue;
    try {
      await container.getBlockBlobClient(prefix + file.path).uploadFile(join(folder, file.path));
    } catch (error) {
      // Renamed or removed while it was read: the next look sees what became of it.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") continue;
      throw error;
    }
    known.set(file.path, file);
  }
  const present = new Set(found.map((file) => file.path));
  for (const path of known.keys())
    if (!present.has(path)) {
      await container.getBlobClient(prefix + path).deleteIfExists();
      known.delete(path);
    }
}

/** What a former process of this service carried over: the same size, and not changed since. */
async function alreadyThere(
  container: ContainerClient,
  { prefix }: BlobPlace,
  folder: string,
): Promise<Map<string, Version>> {
  const files = byPath(await scan(folder));
  const carried = new Map<string, Version>();
  for await (const { name, properties } of container.listBlobsFlat({ prefix })) {
    const file = files.get(name.slice(prefix.length));
    const same = file?.sizeBytes === properties.contentLength;
    // Blob times are whole seconds: a file of that very second is carried over again.
    if (file && same && file.changedMs + 1000 < properties.lastModified.getTime())
      carried.set(file.path, file);
  }
  return carried;
}

const byPath = (files: readonly Version[]): Map<string, Version> =>
  new Map(files.map((file) => [file.path, file]));

async function scan(folder: string): Promise<Version[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const versions = files.map(async (entry) => {
    const full = join(entry.parentPath, entry.name);
    const status = await stat(full).catch(() => null);
    if (status === null) return [];
    const path = full.slice(folder.length + 1);
    // A rename keeps the time of the last write but not that of the last change.
    return [{ path, changedMs: status.ctimeMs, sizeBytes: status.size }];
  });
  return (await Promise.all(versions)).flat();
}
