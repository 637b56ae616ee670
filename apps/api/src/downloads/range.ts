/** `end` exclusive, as the store counts. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The one range a request asks for; "whole" where it asks for none we know, "none" where nothing of the file is in it. */
export function rangeOf(
  header: string | undefined,
  sizeBytes: number,
): ByteRange | "whole" | "none" {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return "whole";
  if (from === "") {
    const length = Math.min(Number(to), sizeBytes);
    return length === 0 ? "none" : { start: sizeBytes - length, end: sizeBytes };
  }
  const start = Number(from);
  const end = to === "" ? sizeBytes : Math.min(Number(to) + 1, sizeBytes);
  if (to !== "" && Number(to) < start) return "whole";
  return start >= sizeBytes ? "none" : { start, end };
}
