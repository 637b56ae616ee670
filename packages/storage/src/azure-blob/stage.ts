import type { Readable } from "node:stream";
import type { BlockBlobClient } from "@azure/storage-blob";
import type { Block, Measured } from "./blocks.ts";
import { statusOf, wordOf } from "./fault.ts";

export interface Rest {
  readonly head: readonly Block[];
  readonly rest: AsyncGenerator<Block, Measured>;
}

const mostSends = 3;
/** A block that is not through by then never will be; a line of 0.5 Mbit/s still makes it. */
const blockMs = 40 * 60_000;

/**
 * Stages what the service does not hold yet, some blocks at a time. A body that breaks lets blocks under way arrive, for whoever sends
 * it again; a store that fails ends the body at once.
 */
export async function stageBlocks(
  blob: BlockBlobClient,
  body: Readable,
  { head, rest }: Rest,
  blocksInFlight: number,
): Promise<{ ids: readonly string[]; measured: Measured }> {
  const held = await stagedBefore(blob);
  const ids: string[] = [];
  const sending = new Set<Promise<void>>();
  const stop = new AbortController();
  let failure: { readonly error: unknown } | undefined;

  const take = async (block: Block): Promise<void> => {
    ids.push(block.id);
    if (held.get(block.id) === block.bytes.length) return block.release();
    const sent = send(blob, block, stop.signal)
      .then(block.release, (error: unknown) => {
        failure ??= { error };
        stop.abort();
        body.destroy();
      })
      .finally(() => sending.delete(sent));
    sending.add(sent);
    if (sending.size >= blocksInFlight) await Promise.race(sending);
  };

  try {
    for (const block of head) await take(block);
    for (;;) {
      const next = await rest.next();
      if (next.done === true) {
        await Promise.all(sending);
        if (failure === undefined) return { ids, measured: next.value };
        throw failure.error;
      }
      await take(next.value);
    }
  } catch (error) {
    await Promise.all(sending);
    throw failure === undefined ? error : failure.error;
  }
}

/** What an upload that was cut left behind: block ids with their sizes. The service keeps them for a week. */
async function stagedBefore(blob: BlockBlobClient): Promise<ReadonlyMap<string, number>> {
  try {
    const { uncommittedBlocks = [] } = await blob.getBlockList("uncommitted");
    return new Map(uncommittedBlocks.map(({ name, size }) => [name, size]));
  } catch (error) {
    if (statusOf(error) === 404 && wordOf(error) !== "ContainerNotFound") return new Map();
    throw error;
  }
}

function send(blob: BlockBlobClient, block: Block, stop: AbortSignal): Promise<void> {
  const { id, bytes, md5 } = block;
  return sendWhole(async (late) => {
    await blob.stageBlock(id, bytes, bytes.length, {
      transactionalContentMD5: md5,
      abortSignal: AbortSignal.any([stop, late]),
    });
  });
}

/** The SDK sends again what the network lost; what arrived damaged is refused by its MD5 and sent again from here. */
export async function sendWhole(work: (late: AbortSignal) => Promise<void>): Promise<void> {
  for (let sends = 1; ; sends++) {
    try {
      return await work(AbortSignal.timeout(blockMs));
    } catch (error) {
      if (wordOf(error) !== "Md5Mismatch" || sends === mostSends) throw error;
    }
  }
}
