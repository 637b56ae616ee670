import { DomainError } from "@preceptor/domain";

/** Keyset cursor: the sort key and id of the last row seen, opaque to clients. */
export const encodeCursor = (...parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

export function decodeCursor(cursor: string | undefined, length: number): readonly string[] | null {
  if (cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === length) return parts.map(String);
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
