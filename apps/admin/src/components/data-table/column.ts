import type { ReactNode } from "react";

export interface Column<Row> {
  readonly key: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** The plain value, for CSV; a column without one is left out of it. */
  readonly value?: (row: Row) => string | number | boolean | null | undefined;
  readonly align?: "left" | "right";
  readonly width?: number;
  /** A word or a name, which is not broken into lines. */
  readonly whole?: boolean;
  /** The server can sort by it. */
  readonly sortable?: boolean;
  /** Hidden until somebody asks for it. */
  readonly optional?: boolean;
}

export interface Sort {
  readonly key: string;
  readonly direction: "asc" | "desc";
}
