const firstMs = 1_000;
const longestMs = 30_000;

/** Retry-After as seconds or as a date (RFC 9110, 10.2.3); null when absent or unreadable. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** Doubling, between half and the whole of it so that callers spread; `random` in [0, 1). */
export function backOffMs(tried: number, random: number): number {
  const whole = Math.min(longestMs, firstMs * 2 ** (tried - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
