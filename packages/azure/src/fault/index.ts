import { factsOf, type Facts } from "./facts.ts";
import { ruleFor } from "./rules.ts";

export type AzureFaultKind =
  | "not-found"
  | "conflict"
  | "throttled"
  | "unauthenticated"
  | "forbidden"
  | "quota"
  | "unknown-instance-type"
  | "region-without-sku"
  | "wrong-subscription"
  | "invalid"
  | "unreachable"
  | "garbled";

export interface AzureFault {
  readonly kind: AzureFaultKind;
  /** For an operator: what is wrong and what to do. Never a secret. */
  readonly message: string;
  readonly status: number | null;
  /** The request may have had its effect although no good answer came. */
  readonly doubtful: boolean;
}

/** What an error of any Azure client means. Also reads the plain `Error` of a failed long-running operation. */
export function faultOf(error: unknown): AzureFault {
  const facts = factsOf(error);
  const { kind, say } = ruleFor(facts);
  return { kind, message: say(facts), status: facts.status, doubtful: isDoubtful(kind, facts) };
}

/** Reading changes nothing, and a refusal (4xx) did nothing; what was never sent did nothing either. */
function isDoubtful(kind: AzureFaultKind, facts: Facts): boolean {
  if (kind !== "unreachable" && kind !== "garbled") return false;
  if (facts.method === "GET" || facts.method === "HEAD" || facts.neverSent) return false;
  return facts.status === null || facts.status < 400 || facts.status >= 500 || facts.status === 408;
}
