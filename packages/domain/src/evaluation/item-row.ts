import { z } from "zod";
import type { ItemScore } from "./compare.ts";

/** One line of items.jsonl. Strict: a key we do not know could carry text of a patient's record. */
export const ItemRow = z.strictObject({
  item: z.string().regex(/^[0-9a-f]{16,64}$/),
  cluster: z.string().regex(/^[0-9a-f]{16,64}$/),
  metric: z.string().regex(/^[\w.-]{1,60}$/),
  filter: z.string().regex(/^[\w.-]{1,60}$/),
  value: z.number(),
});

export type ReadItem =
  | { readonly kind: "score"; readonly score: ItemScore }
  | { readonly kind: "other-metric" }
  | { readonly kind: "refused"; readonly reason: string };

/** Reads one line; the reason names the line and never quotes it. */
export function readItemLine(
  line: string,
  lineNumber: number,
  wanted: { readonly metric: string; readonly filter: string },
): ReadItem {
  const row = ItemRow.safeParse(parseJson(line));
  if (!row.success)
    return {
      kind: "refused",
      reason: `Line ${lineNumber} of the items is not an item's hash, cluster, metric, filter and value, and nothing else.`,
    };
  const { item, cluster, metric, filter, value } = row.data;
  return metric === wanted.metric && filter === wanted.filter
    ? { kind: "score", score: { item, cluster, value } }
    : { kind: "other-metric" };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
