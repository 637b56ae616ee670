import { verifyDecision, type Verifier } from "@preceptor/attest";
import type { RoutedDeployment } from "@preceptor/services/gateway";

/** A route whose signed decision was verified against a key that did not come from the database. */
export interface VerifiedRoute extends Omit<RoutedDeployment, "decision" | "endpoint"> {
  readonly endpoint: URL | null;
  /** The decision's end; past it the route is closed even if nobody reads the table again. */
  readonly expiresAt: Date;
}
export type RouteCheck =
  | { readonly ok: true; readonly route: VerifiedRoute }
  | { readonly ok: false; readonly code: string; readonly message: string };

export interface RouteExpectation {
  readonly trustedKeys: Verifier;
  readonly endpointHosts: readonly string[];
  /** Whom tokens may be asked for; a row's wish alone decides nothing. */
  readonly tokenScopes: readonly string[];
  readonly now: Date;
}

/** Whether the row says what the board signed: this model, of this organization, for this purpose and stage, still valid. */
export function verifyRoute(row: RoutedDeployment, expected: RouteExpectation): RouteCheck {
  const { organizationId, purpose, stage, model } = row;
  const checked = verifyDecision(row.decision, {
    trustedKeys: expected.trustedKeys,
    modelDigest: model.digest,
    organizationId,
    purpose,
    stage,
    now: expected.now,
  });
  if (!checked.ok) return checked;
  const { decision } = checked;
  if (decision.promotionId !== row.promotionId)
    return refused("wrong-promotion", "the decision is of another promotion");
  if (decision.model.name !== model.name || decision.model.version !== model.version)
    return refused("wrong-model-name", "the decision names another model version");
  const endpoint = row.endpoint === null ? null : URL.parse(row.endpoint);
  if (row.endpoint !== null && !mayBeReached(endpoint, expected.endpointHosts))
    return refused("endpoint-not-allowed", "its endpoint is at a host models may not answer from");
  if (!mayBeAsked(row.access, endpoint, expected.tokenScopes))
    return refused(
      "access-not-allowed",
      "it asks for a token or a header the gateway does not give",
    );
  const { decision: _, ...rest } = row;
  return { ok: true, route: { ...rest, endpoint, expiresAt: new Date(decision.expiresAt) } };
}

/** A decision does not cover an address, so the operator's list does: patients' text goes nowhere else. */
function mayBeReached(endpoint: URL | null, hosts: readonly string[]): boolean {
  if (endpoint === null || endpoint.username !== "" || endpoint.password !== "") return false;
  const loopback = endpoint.hostname === "127.0.0.1" && endpoint.protocol === "http:";
  if (!loopback && endpoint.protocol !== "https:") return false;
  return hosts.some((host) =>
    host.startsWith(".") ? endpoint.hostname.endsWith(host) : endpoint.hostname === host,
  );
}

/** A token of ours travels over TLS only, and no row may set what the gateway itself sends. */
function mayBeAsked(
  access: RoutedDeployment["access"],
  endpoint: URL | null,
  scopes: readonly string[],
): boolean {
  if (access === null) return true;
  const names = Object.keys(access.headers).map((name) => name.toLowerCase());
  if (names.some((name) => !/^[a-z0-9-]+$/.test(name) || ownHeaders.has(name))) return false;
  if (access.scope === null) return true;
  return scopes.includes(access.scope) && (endpoint === null || endpoint.protocol === "https:");
}

const ownHeaders = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "transfer-encoding",
]);

const refused = (code: string, message: string): RouteCheck => ({ ok: false, code, message });
