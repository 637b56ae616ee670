import type { Instant } from "../api/types.ts";

const units = ["B", "kB", "MB", "GB", "TB", "PB"] as const;
/** Decimal units, three significant digits: 1.23 GB. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : Number(value.toPrecision(3))} ${units[power] ?? "B"}`;
}

export const formatCount = (value: number): string => value.toLocaleString("en-US");

/** 1 node, 2 nodes, 1,200 processes. */
export const formatCounted = (count: number, one: string, more = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : more}`;

/** Counts as people say them: 1.3 M parameters. */
export const formatCompact = (value: number): string =>
  new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 }).format(
    value,
  );

/** Four significant digits; very small and very large ones in scientific notation. */
export function formatFigure(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replace("-", "−");
  return Number(value.toPrecision(4))
    .toLocaleString("en-US", { maximumFractionDigits: 6 })
    .replace("-", "−");
}

export const toDate = (instant: Instant): Date =>
  instant instanceof Date ? instant : new Date(instant);

const exact = new Intl.DateTimeFormat(undefined, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
export const formatExact = (instant: Instant): string => exact.format(toDate(instant));

const steps = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
export function formatRelative(instant: Instant, now: number): string {
  const seconds = (toDate(instant).getTime() - now) / 1000;
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  if (unit === "second" && Math.abs(seconds) < 10) return "just now";
  return relative.format(Math.trunc(seconds / size), unit);
}

/** 1 h 02 min, 3 min 20 s, 12 s. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, "0")} min`;
  if (minutes > 0) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  return `${seconds} s`;
}

/** A length that somebody set: 10 min, 1 h 30 min. Unlike one that runs, it ends with its last part that is not zero. */
export const formatSetDuration = (ms: number): string =>
  formatDuration(ms).replace(/ 0+ (h|min|s)$/, "");
