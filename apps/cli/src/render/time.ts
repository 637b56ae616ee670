type Instant = Date | string | number;

/** `2026-05-04 13:05:40 +02:00`, in the zone of this machine. */
export function time(instant: Instant | null): string {
  if (instant === null) return "–";
  const date = new Date(instant);
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone(offset)}`;
}

const zone = (minutes: number): string => {
  if (minutes === 0) return "UTC";
  const two = (n: number): string => String(Math.floor(n)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
};

/** `2 d 3 h`, `4 min 5 s`, `12 s`: the two greatest units. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first === -1) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(" ");
}

/** From start to end, or to now while it goes on. */
export const lasted = (start: Instant | null, end: Instant | null, now: Date): string =>
  start === null ? "–" : duration(new Date(end ?? now).getTime() - new Date(start).getTime());
