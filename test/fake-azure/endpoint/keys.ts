import { createHmac } from "node:crypto";
import type { World } from "../world.ts";

const tokenSeconds = 4 * 60 * 60;

/** An endpoint's keys and tokens follow from the folder's secret: nothing to keep, the same after a restart. */
const derive = (world: World, ...parts: string[]): string =>
  createHmac("sha256", world.names.clientSecret).update(parts.join("/")).digest("hex").slice(0, 32);

export const keysOf = (world: World, endpoint: string) => ({
  primaryKey: derive(world, endpoint, "primary"),
  secondaryKey: derive(world, endpoint, "secondary"),
});

export function tokenOf(world: World, endpoint: string, nowMs = Date.now()) {
  const hour = Math.floor(nowMs / 1000 / 3600) * 3600;
  return {
    accessToken: derive(world, endpoint, String(hour)),
    tokenType: "Bearer",
    expiryTimeUtc: hour + tokenSeconds,
    refreshAfterTimeUtc: hour + tokenSeconds / 2,
  };
}

/** Those of the hours before are still good. */
export const validTokens = (world: World, endpoint: string): string[] =>
  [0, 1, 2, 3].map((ago) => tokenOf(world, endpoint, Date.now() - ago * 3_600_000).accessToken);
