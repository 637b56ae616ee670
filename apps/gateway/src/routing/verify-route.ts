import { verifyDecision, type Verifier } from "@preceptor/attest";
import type { RoutedDeployment } from "@preceptor/services/gateway";
import { checkAccess, type Means } from "./check-access.ts";

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
  readonly means: Means;
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
  // The board signed that nobody sees its answers, whatever a row gives it.
  if (stage === "shadow" && (row.routed || (row.percent > 0 && row.percent < 100)))
    return refused("shadow-may-not-answer", "the decision allows it copies of requests only");
  const endpoint = row.endpoint === null ? null : URL.parse(row.endpoint);
  if (row.endpoint !== null && !mayBeReached(endpoint, expected.endpointHosts))
    return refused("endpoint-not-allowed", "its endpoint is at a host models may not answer from");
  const { decision: _, access: wanted, ...rest } = row;
  const expiresAt = new Date(decision.expiresAt);
  // While its server has not answered yet there is nothing to ask.
  if (endpoint === null) return { ok: true, route: { ...rest, endpoint, access: null, expiresAt } };
  const asked = checkAccess(wanted, endpoint, expected.means);
  if (!asked.ok) return asked;
  return { ok: true, route: { ...rest, endpoint, access: asked.access, expiresAt } };
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

const refused = (code: string, message: string): RouteCheck => ({ ok: false, code, message });
