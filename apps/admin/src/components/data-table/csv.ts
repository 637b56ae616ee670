import type { Column } from "./column.ts";

// A cell a spreadsheet would run as a formula is made text by a leading quote.
const escape = (value: string | number | boolean | null | undefined): string => {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const shown = columns.filter((column) => column.value);
  const lines = rows.map((row) => shown.map((column) => escape(column.value?.(row))).join(","));
  return [shown.map((column) => escape(column.header)).join(","), ...lines, ""].join("\r\n");
}

export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
