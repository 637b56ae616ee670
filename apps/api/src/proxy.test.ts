import { expect, test } from "vitest";
import { anEdge, type Edge } from "./testing/an-edge.ts";

const LIMIT = 20;

/** An attempt to sign a device in, as a proxy hands it on: `from` is who it says it was called by. True if it was heard. */
async function attempt(edge: Edge, from: string): Promise<boolean> {
  const { status, body } = await fetch(`${edge.url}/api/auth/device/code`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: edge.origin, "x-forwarded-for": from },
    body: JSON.stringify({ client_id: "stranger" }),
  });
  await body?.cancel();
  return status !== 429;
}

async function useUp(edge: Edge, from: string): Promise<void> {
  for (let made = 0; made < LIMIT; made++) expect(await attempt(edge, from)).toBe(true);
  expect(await attempt(edge, from)).toBe(false);
}

// The limit counts in this process: each case is another caller.
test.each([
  {
    name: "behind a proxy, one caller's attempts do not lock out another",
    trustedProxies: ["127.0.0.0/8"],
    caller: "198.51.100.1",
    other: "203.0.113.9",
    heard: true,
  },
  {
    name: "behind a proxy, a caller cannot become another by saying so",
    trustedProxies: ["127.0.0.0/8"],
    caller: "198.51.100.2",
    other: "203.0.113.9, 198.51.100.2",
    heard: false,
  },
  {
    name: "without a proxy, nobody is believed about who they are",
    trustedProxies: [],
    caller: "198.51.100.3",
    other: "203.0.113.9",
    heard: false,
  },
])("$name", async ({ trustedProxies, caller, other, heard }) => {
  const edge = await anEdge({ trustedProxies });
  await useUp(edge, caller);
  expect(await attempt(edge, other)).toBe(heard);
});
