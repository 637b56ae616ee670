export interface Row {
  readonly figure: string;
  readonly aim: string;
  readonly measured: string;
  readonly note: string;
}

export function printTable(rows: readonly Row[]): void {
  const head: Row = { figure: "figure", aim: "aim", measured: "measured", note: "how" };
  const width = (key: keyof Row) => Math.max(...[head, ...rows].map((row) => row[key].length));
  for (const row of [head, ...rows]) {
    console.log(
      `${row.figure.padEnd(width("figure"))}  ${row.aim.padEnd(width("aim"))}  ${row.measured.padEnd(width("measured"))}  ${row.note}`,
    );
  }
}

export function spread(values: readonly number[], unit: string, digits = 1): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return `${at(0.5).toFixed(digits)} ${unit} (${at(0).toFixed(digits)}–${(sorted.at(-1) ?? Number.NaN).toFixed(digits)})`;
}
