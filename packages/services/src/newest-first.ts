import type { Page } from "@preceptor/domain";
import { sql, type AnyColumn, type SQL } from "drizzle-orm";
import { decodeCursor, encodeCursor, pageOf, part } from "./cursor.ts";

/** Rows older than the cursor's. Instants have milliseconds only, so a cursor is exact. */
export function olderThan(
  cursor: string | undefined,
  createdAt: AnyColumn,
  id: AnyColumn,
): SQL | undefined {
  const parts = decodeCursor(cursor, [part.instant, part.text]);
  return parts ? sql`(${createdAt}, ${id}) < (${parts[0]}::timestamptz, ${parts[1]})` : undefined;
}

/** A page of rows read newest first, with one more than `limit`. */
export const newestFirst = <Row, T>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => { at: Date; id: string },
  show: (row: Row) => T,
): Page<T> =>
  pageOf(
    rows,
    limit,
    (row) => {
      const key = keyOf(row);
      return encodeCursor(key.at.toISOString(), key.id);
    },
    show,
  );
