import { expect, test } from "vitest";
import { mayReadMetrics } from "./metrics-door.ts";

const token = "a token of twenty-four chars";
test.each([
  ["without a token, who is on this machine", "127.0.0.1", {}, null, true],
  ["without a token, the same by IPv6", "::1", {}, null, true],
  ["without a token, the same by a mapped address", "::ffff:127.0.0.1", {}, null, true],
  ["without a token, another machine", "10.0.0.7", {}, null, false],
  ["without a token, a connection that is gone", undefined, {}, null, false],
  ["what a proxy of this machine passed on", "127.0.0.1", { "x-forwarded-for": "x" }, null, false],
  ["with a token, who shows it", "10.0.0.7", { authorization: `Bearer ${token}` }, token, true],
  ["with a token, who is on this machine", "127.0.0.1", {}, token, false],
  ["with a token, another one", "127.0.0.1", { authorization: "Bearer x" }, token, false],
])("%s", (_name, peer, headers, wanted, may) => {
  expect(mayReadMetrics({ peer, headers }, wanted)).toBe(may);
});
