import { readItemLine, type ItemScore } from "@preceptor/domain";

export type ReadItems =
  | { readonly ok: true; readonly scores: readonly ItemScore[] }
  | { readonly ok: false; readonly reason: string };

const MOST_LINES = 5_000_000;
const LONGEST_LINE = 1000;

/** Reads the lines of items.jsonl, keeps the suite's metric, and refuses the whole at the first line that is anything else. */
export async function readItems(
  lines: AsyncIterable<string> | Iterable<string>,
  wanted: { readonly metric: string; readonly filter: string },
): Promise<ReadItems> {
  const scores = new Map<string, ItemScore>();
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === "") continue;
    if (number > MOST_LINES)
      return { ok: false, reason: `There are more than ${MOST_LINES} lines.` };
    if (line.length > LONGEST_LINE)
      return {
        ok: false,
        reason: `Line ${number} of the items is longer than hashes and a number.`,
      };
    const read = readItemLine(line, number, wanted);
    if (read.kind === "refused") return { ok: false, reason: read.reason };
    if (read.kind === "other-metric") continue;
    if (scores.has(read.score.item))
      return { ok: false, reason: `Line ${number} scores an item for the second time.` };
    scores.set(read.score.item, read.score);
  }
  if (scores.size === 0)
    return { ok: false, reason: `No item has a score of ${wanted.metric},${wanted.filter}.` };
  return { ok: true, scores: [...scores.values()] };
}
