import { randomUUID } from "node:crypto";
import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { DomainError } from "@preceptor/domain";
import type { PutOptions } from "../store.ts";
import { measure, writeMeasured, type Measured } from "./digest.ts";
import { errno } from "./fault.ts";
import { assertNoLinkAbove, INCOMING, openObject, placeOf } from "./place.ts";

/** Writes aside, syncs, then links into place: `link` never replaces, so two writers of one name cannot mix. */
export async function putObject(
  root: string,
  name: string,
  body: Readable,
  options: PutOptions,
): Promise<Measured> {
  const place = placeOf(root, name);
  const temporary = join(root, INCOMING, randomUUID());
  await mkdir(dirname(temporary), { recursive: true });
  const file = await open(temporary, "wx", 0o600);
  try {
    let measured: Measured;
    try {
      measured = await writeMeasured(file, body, options);
      await file.sync();
    } finally {
      await file.close();
    }
    await makeFolders(root, place);
    await publish(temporary, place, measured);
    return measured;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** One folder at a time: a link found on the way is refused before anything is made behind it. */
async function makeFolders(root: string, place: string): Promise<void> {
  const parts = dirname(place).slice(root.length).split("/").filter(Boolean);
  let folder = root;
  for (const part of parts) {
    folder = join(folder, part);
    await mkdir(folder).catch((error: unknown) => {
      if (errno(error) !== "EEXIST") throw error;
    });
    await assertNoLinkAbove(join(folder, "object"));
  }
}

async function publish(temporary: string, place: string, measured: Measured): Promise<void> {
  try {
    await link(temporary, place);
  } catch (error) {
    if (errno(error) !== "EEXIST") throw error;
    if (await holds(place, measured)) return;
    throw new DomainError(
      "already-exists",
      "An object of this name holds other bytes; objects are never overwritten.",
      { field: "name", cause: error },
    );
  }
  await syncFolder(dirname(place));
}

async function holds(place: string, measured: Measured): Promise<boolean> {
  const file = await openObject(place);
  if (file === null) return false;
  try {
    const { size } = await file.stat();
    return size === measured.sizeBytes && (await measure(file)).sha256 === measured.sha256;
  } finally {
    await file.close();
  }
}

/** Without it a power cut may forget the name though the bytes are on disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
