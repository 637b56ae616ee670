import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";

export interface MetricsAsked {
  /** Of the connection itself, not what a header says. */
  readonly peer: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * Counts tell what an installation serves and how much, so not everybody reads them: with a token who shows it, without one only who is on
 * this machine and asks by itself. A request a proxy passed on came from elsewhere.
 */
export function mayReadMetrics({ peer, headers }: MetricsAsked, token: string | null): boolean {
  if (token !== null) return same(`Bearer ${token}`, headers["authorization"]);
  return isLoopback(peer ?? "") && !("forwarded" in headers) && !("x-forwarded-for" in headers);
}

const isLoopback = (address: string): boolean =>
  isIP(address) !== 0 && /^(::ffff:)?127\.|^::1$/.test(address);

function same(wanted: string, given: unknown): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return typeof given === "string" && timingSafeEqual(digest(wanted), digest(given));
}
