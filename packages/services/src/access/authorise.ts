import { DomainError, mayDo, type Action, type Caller } from "@preceptor/domain";

/** Refuses unless one of the member's roles allows it. The worker (`system`) acts on requests that were authorised when made. */
export function authorise(caller: Caller, action: Action): void {
  if (caller.kind === "system") return;
  if (caller.kind === "attempt")
    throw new DomainError("forbidden", "An attempt's token may only log to its own run.");
  if (!mayDo(caller.roles, action)) {
    throw new DomainError(
      "forbidden",
      `Your roles (${caller.roles.join(", ") || "none"}) do not allow ${action}. Ask an operator of your organization.`,
    );
  }
}

/** For verbs only the worker calls. */
export function authoriseSystem(caller: Caller): void {
  if (caller.kind !== "system")
    throw new DomainError("forbidden", "Only the control plane's own worker does this.");
}

/** For what a process of an attempt does for itself: which attempt it is was found by what it holds. */
export function authoriseAttempt(caller: Caller): void {
  if (caller.kind !== "attempt")
    throw new DomainError("forbidden", "Only a process of an attempt does this.");
}

export function memberOf(caller: Caller): Extract<Caller, { kind: "member" }> {
  if (caller.kind !== "member")
    throw new DomainError("forbidden", "Only a signed-in member does this.");
  return caller;
}
/** Who is written down as having done it. */
export const actorOf = (caller: Caller): { kind: Caller["kind"]; id: string; name: string } =>
  caller.kind === "member"
    ? { kind: "member", id: caller.userId, name: caller.name }
    : caller.kind === "system"
      ? { kind: "system", id: caller.component, name: caller.component }
      : { kind: "attempt", id: caller.attemptId, name: caller.attemptId };
