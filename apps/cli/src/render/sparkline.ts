const bars = [..."▁▂▃▄▅▆▇█"];

/** One letter a bucket of values, lowest to highest; a bucket without a number is a blank. */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const buckets = inBuckets(values, Math.min(width, values.length));
  const known = buckets.filter((value) => value !== null);
  const lowest = Math.min(...known);
  const range = Math.max(...known) - lowest;
  return buckets
    .map((value) => {
      if (value === null) return " ";
      const share = range === 0 ? 0.5 : (value - lowest) / range;
      return bars[Math.min(bars.length - 1, Math.floor(share * bars.length))] ?? " ";
    })
    .join("");
}

function inBuckets(values: readonly (number | null)[], width: number): (number | null)[] {
  return Array.from({ length: width }, (_, at) => {
    const from = Math.floor((at * values.length) / width);
    const to = Math.max(from + 1, Math.floor(((at + 1) * values.length) / width));
    const part = values.slice(from, to).filter((value) => value !== null);
    return part.length === 0 ? null : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
