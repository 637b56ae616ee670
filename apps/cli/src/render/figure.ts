const units = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/** `1.2 MB`: powers of 1000, as disks are sold and as the web UI shows. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? "B"}`;
}

/** `12 345`: thousands apart with a thin blank that a script's `cut` does not split on. */
export const count = (n: number | null): string =>
  n === null ? "–" : String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** Four significant digits; null is a value that is not a number or has no end. */
export const figure = (value: number | null): string =>
  value === null ? "not a number" : String(Number(value.toPrecision(4)));

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;
