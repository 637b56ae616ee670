import type { BlockBlobClient } from "@azure/storage-blob";
import { askLink, copyLifeMs } from "@preceptor/domain";
import { orNull } from "./once.ts";
import type { StagedFile } from "./stage-file.ts";

const partsInFlight = 4;

/**
 * From storage to storage, four parts at once. Each has a link of its own: a copy may take longer than any link lives, and one that was
 * cut goes on without those that are there.
 */
export async function copyInParts(
  target: BlockBlobClient,
  { sha256, sizeBytes, link }: StagedFile,
  partBytes: number,
): Promise<void> {
  // Names the bytes: parts of another file of this name are never taken for these.
  const idOf = (offset: number): string =>
    Buffer.from(`${sha256.slice(0, 32)}${offset.toString(16).padStart(16, "0")}`).toString(
      "base64",
    );
  const offsets = Array.from({ length: Math.ceil(sizeBytes / partBytes) }, (_, n) => n * partBytes);
  const staged = await orNull(target.getBlockList("uncommitted"));
  const there = new Set(staged?.uncommittedBlocks?.map(({ name }) => name));
  const missing = offsets.filter((offset) => !there.has(idOf(offset))).values();
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const offset of missing) {
      if (failures.length > 0) return;
      const length = Math.min(partBytes, sizeBytes - offset);
      try {
        const source = await askLink(link, copyLifeMs(length));
        await target.stageBlockFromURL(idOf(offset), source, offset, length);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  // Who hears of a failure may begin again at once: no part of this copy is on its way by then.
  await Promise.all(Array.from({ length: partsInFlight }, work));
  if (failures.length > 0) throw failures[0];
  await target.commitBlockList(offsets.map(idOf), { metadata: { sha256 } });
}
