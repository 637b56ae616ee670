import type { Paint } from "./paint.ts";
import { widthOf } from "./printable.ts";

/** Columns aligned on the left, two blanks apart; a column of figures starting with `#` in its heading is aligned on the right. */
export function table(
  paint: Paint,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const right = headings.map((heading) => heading.startsWith("#"));
  const titles = headings.map((heading) => heading.replace(/^#/, ""));
  const widths = titles.map((title, at) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[at] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, at) => {
        const cell = cells[at] ?? "";
        const space = " ".repeat(Math.max(0, width - widthOf(cell)));
        return right[at] ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  return [paint("faint", line(titles)), ...rows.map(line)].join("\n");
}

/** `label  value` lines, the labels aligned. */
export function facts(paint: Paint, pairs: readonly (readonly [string, string | null])[]): string {
  const shown = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null);
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  return shown
    .map(([label, value]) => `${paint("faint", label.padEnd(width))}  ${value}`)
    .join("\n");
}
