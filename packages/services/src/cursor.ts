import { DomainError } from "@preceptor/domain";

/** Keyset cursor: the sort key and id of the last row seen, opaque to clients. */
export const encodeCursor = (...parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

type Part = (text: string) => boolean;
/** What a part of a cursor may be: whatever else comes did not come from us, and Postgres is not asked about it. */
export const part = {
  text: (text) => text.isWellFormed() && !text.includes("\0"),
  instant: (text) => {
    const date = new Date(text);
    return !Number.isNaN(date.getTime()) && date.toISOString() === text;
  },
  integer: (text) => /^-?\d{1,19}$/.test(text),
  position: (text) => /^\d{1,15}$/.test(text),
} as const satisfies Record<string, Part>;

export function decodeCursor(
  cursor: string | undefined,
  shape: readonly Part[],
): readonly string[] | null {
  if (cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === shape.length) {
      const texts = parts.map(String);
      if (texts.every((text, at) => shape[at]?.(text))) return texts;
    }
  } catch {
    // falls through to the one refusal below
  }
  throw new DomainError(
    "invalid",
    "This page link is not one of ours; start again from the first page.",
    { field: "cursor" },
  );
}

/** Rows were read with one more than `limit`; says whether there are more. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  show: (row: Row) => T,
): { items: T[]; nextCursor: string | null } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(show),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
}

/** Escapes what LIKE would read as a pattern. */
export const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
