import { removedMemoryMs, strayGraceMs, type Amount } from "@preceptor/domain";
import { formatBytes, formatCount } from "../../components/format.ts";

const dayMs = 24 * 60 * 60 * 1000;
export const graceHours = strayGraceMs / (60 * 60 * 1000);
export const memoryDays = removedMemoryMs / dayMs;

/** `1 checkpoint`, `1,204 checkpoints`. */
export const counted = (count: number, one: string): string =>
  `${formatCount(count)} ${one}${count === 1 ? "" : "s"}`;

/** `3 objects, 1.2 GB`; `nothing` where there is none. */
export const amountText = ({ objects, bytes }: Amount, one = "object"): string =>
  objects === 0 ? "nothing" : `${counted(objects, one)}, ${formatBytes(bytes)}`;

/** The digest an object is stored under: the last part of its name; null for a name of another shape. */
export const digestIn = (name: string): string | null =>
  /(?:^|\/)([0-9a-f]{64})$/.exec(name)?.[1] ?? null;
