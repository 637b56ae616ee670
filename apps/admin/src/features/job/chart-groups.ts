import { formatBytes, formatFigure } from "../../components/format.ts";

export interface ChartGroup {
  readonly key: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly format: (value: number | null) => string;
}

const isLoss = (key: string): boolean => /(^|[_/])loss$/.test(key);
const isSystem = (key: string): boolean => key.startsWith("system/");

/** Bytes are shown as bytes, shares as figures. */
function formatOf(key: string): ChartGroup["format"] {
  if (!/bytes/.test(key)) return formatFigure;
  return (value) => (value === null ? "–" : formatBytes(value));
}

const titleOf = (key: string): string => key.replace(/^system\//, "").replaceAll("_", " ");

/** Losses share one chart, since their distance says whether a model overfits; every other key has its own. Readings of the machine come last. */
export function chartGroups(keys: readonly string[]): ChartGroup[] {
  const losses = keys.filter((key) => isLoss(key) && !isSystem(key));
  const others = keys.filter((key) => !isLoss(key) || isSystem(key));
  const own = others
    .toSorted((a, b) => Number(isSystem(a)) - Number(isSystem(b)) || a.localeCompare(b))
    .map((key) => ({ key, title: titleOf(key), keys: [key], format: formatOf(key) }));
  if (losses.length === 0) return own;
  return [{ key: "loss", title: "loss", keys: losses.toSorted(), format: formatFigure }, ...own];
}
