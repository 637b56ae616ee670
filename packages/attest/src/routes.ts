import { z } from "zod";
import { canonicalJson } from "./canonical.ts";
import { signEnvelope, verifyEnvelope } from "./envelope.ts";
import type { Envelope, EnvelopeRefusalCode } from "./envelope.ts";
import type { Signer, Verifier } from "./key.ts";
import { refuse } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { parseJson } from "./statement.ts";

export const ROUTES_PAYLOAD_TYPE = "application/vnd.preceptor.routes+json";

/** The gateway's routing table as it travels and rests: what a route is, is the caller's schema. */
export interface RoutingTable<Route> {
  readonly issuedAt: string;
  readonly routes: readonly Route[];
}

export type RoutesRefusalCode = EnvelopeRefusalCode | "malformed-routes" | "stale-routes";

export interface RoutesExpectation<Route> {
  readonly trustedKeys: Verifier;
  readonly route: z.ZodType<Route>;
  /** `issuedAt` of the table in use: an older one, though well signed, is a replay and would bring back what was revoked. */
  readonly notOlderThan?: string;
}

/** Throws AttestError "not-canonical" if a route holds what JSON cannot carry. */
export function signRoutes<Route>(signer: Signer, table: RoutingTable<Route>): Envelope {
  const text = canonicalJson({
    issuedAt: z.iso.datetime().parse(table.issuedAt),
    routes: table.routes,
  });
  return signEnvelope(signer, ROUTES_PAYLOAD_TYPE, Buffer.from(text));
}

export function verifyRoutes<Route>(
  envelope: unknown,
  expected: RoutesExpectation<Route>,
): { readonly ok: true; readonly table: RoutingTable<Route> } | Refusal<RoutesRefusalCode> {
  const opened = verifyEnvelope(envelope, ROUTES_PAYLOAD_TYPE, expected.trustedKeys);
  if (!opened.ok) return opened;
  const schema = z.object({ issuedAt: z.iso.datetime(), routes: z.array(expected.route) });
  const table = schema.safeParse(parseJson(opened.payload));
  if (!table.success) return refuse("malformed-routes", "the payload is not a routing table");
  const { notOlderThan } = expected;
  if (notOlderThan !== undefined && Date.parse(table.data.issuedAt) < Date.parse(notOlderThan)) {
    return refuse(
      "stale-routes",
      `the routing table of ${table.data.issuedAt} is older than the one in use`,
    );
  }
  return { ok: true, table: table.data };
}
