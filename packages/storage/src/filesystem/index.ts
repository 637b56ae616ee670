import { mkdir, realpath, unlink } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { assertFileName } from "../file-name.ts";
import type { ObjectStore } from "../store.ts";
import { asDomainError, errno } from "./fault.ts";
import { getObject, notFound } from "./get.ts";
import { listObjects } from "./list.ts";
import { assertNoLinkAbove, openObject, placeOf } from "./place.ts";
import { putObject } from "./put.ts";
import { sweepIncoming } from "./sweep.ts";

/** Objects as files below `root`, which is made when first used. For one machine: a link is a `file:` URL and does not expire. */
export function filesystemStore({ root }: { root: string }): ObjectStore {
  let ready: Promise<string> | undefined;
  /** The root's real path; a failure is forgotten, so that a mended disk is found again. */
  const realRoot = (): Promise<string> =>
    (ready ??= prepare(root).catch((error: unknown) => {
      ready = undefined;
      throw error;
    }));

  const present = async (name: string): Promise<string> => {
    const place = placeOf(await realRoot(), name);
    const file = await openObject(place);
    if (file === null) throw notFound(name);
    await file.close();
    return place;
  };

  return {
    name: "filesystem",
    put: (name, body, options = {}) =>
      translated(async () => {
        try {
          return await putObject(await realRoot(), name, body, options);
        } finally {
          body.destroy();
        }
      }),
    get: (name, range) => translated(async () => getObject(await realRoot(), name, range)),
    stat: (name) =>
      translated(async () => {
        const file = await openObject(placeOf(await realRoot(), name));
        if (file === null) return null;
        try {
          return { name, sizeBytes: (await file.stat()).size };
        } finally {
          await file.close();
        }
      }),
    async *list(prefix) {
      try {
        yield* listObjects(await realRoot(), prefix);
      } catch (error) {
        throw asDomainError(error);
      }
    },
    remove: (name) => translated(async () => removeObject(await realRoot(), name)),
    link: (name) => translated(async () => pathToFileURL(await present(name)).href),
    saveLink: (name, { fileName }) =>
      translated(async () => {
        assertFileName(fileName);
        await present(name);
        return null;
      }),
  };
}

async function prepare(root: string): Promise<string> {
  await mkdir(resolve(root), { recursive: true, mode: 0o700 });
  const real = await realpath(root);
  await sweepIncoming(real, Date.now());
  return real;
}

async function removeObject(root: string, name: string): Promise<void> {
  const place = placeOf(root, name);
  try {
    await assertNoLinkAbove(place);
    await unlink(place);
  } catch (error) {
    const code = errno(error);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
  }
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asDomainError(error);
  }
}
