import { systemMetricPrefix } from "@preceptor/domain";
import { formatBytes, formatFigure } from "../../components/format.ts";

export interface ChartGroup {
  readonly key: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly format: (value: number | null) => string;
  /** `machine`: read by the worker, by second. `minor`: bookkeeping of the trainer, shown when asked for. */
  readonly rank: "main" | "minor" | "machine";
  readonly axis: "step" | "second";
}

const isLoss = (key: string): boolean => /(^|[_/])loss$/.test(key);
const isMinor = (key: string): boolean => /^epoch$|runtime$|_per_second$|_flos$/.test(key);
const titles: Readonly<Record<string, string>> = {
  "system/cpu_cores": "CPU cores in use",
  "system/memory_bytes": "Memory in use",
};

/** `learning_rate` reads "Learning rate". */
function titleOf(key: string): string {
  const words = key.replace(/^system\//, "").replaceAll("_", " ");
  return titles[key] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function formatOf(key: string): ChartGroup["format"] {
  if (!key.endsWith("_bytes")) return formatFigure;
  return (value) => (value === null ? "–" : formatBytes(value));
}

function groupOf(key: string): ChartGroup {
  const machine = key.startsWith(systemMetricPrefix);
  return {
    key,
    title: titleOf(key),
    keys: [key],
    format: formatOf(key),
    rank: machine ? "machine" : isMinor(key) ? "minor" : "main",
    axis: machine ? "second" : "step",
  };
}

/** Losses share the first chart, since their distance says whether a model overfits; every other key has its own. */
export function chartGroups(keys: readonly string[]): ChartGroup[] {
  const losses = keys.filter(isLoss).toSorted();
  const own = keys
    .filter((key) => !isLoss(key))
    .toSorted()
    .map(groupOf);
  if (losses.length === 0) return own;
  const loss = { ...groupOf("loss"), keys: losses };
  return [loss, ...own];
}
