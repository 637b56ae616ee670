import type { Caller } from "@preceptor/domain";
import { findMemberships, type DoorContext, type ComputeContext } from "@preceptor/services";
import type { Auth } from "./auth.ts";
import type { Changes } from "./changes.ts";
import type { Grants } from "./downloads/grant.ts";

/** What the edge holds for as long as it runs; a caller is added for each request. */
export type EdgeServices = Omit<ComputeContext, "caller"> & Pick<DoorContext, "hashPassword">;
export type MemberCaller = Extract<Caller, { kind: "member" }>;

export interface Identity {
  readonly user: { id: string; name: string; email: string };
  readonly sessionId: string;
  /** As a member of the active organization, or of the first one; null where they belong to none. */
  readonly caller: MemberCaller | null;
}

export interface ApiContext {
  readonly headers: Headers;
  readonly publicUrl: string;
  readonly log: ComputeContext["log"];
  readonly changes: Changes;
  readonly auth: Auth;
  /** Asked once a request, however many procedures it batches; null where nobody is signed in. */
  identity(): Promise<Identity | null>;
  readonly edge: EdgeServices;
  readonly grants: Grants;
  /** What a verb needs, with this caller. */
  services(caller: Caller): ComputeContext;
}

export interface EdgeDeps {
  readonly services: EdgeServices;
  readonly auth: Auth;
  readonly changes: Changes;
  readonly publicUrl: string;
  readonly grants: Grants;
}

export function contextOf(deps: EdgeDeps, headers: Headers): ApiContext {
  let asked: Promise<Identity | null> | undefined;
  return {
    headers,
    publicUrl: deps.publicUrl,
    log: deps.services.log,
    changes: deps.changes,
    auth: deps.auth,
    edge: deps.services,
    grants: deps.grants,
    identity: () => (asked ??= identify(deps, headers)),
    services: (caller) => ({ ...deps.services, caller }),
  };
}

/** Session cookie, or the same session as a bearer (the CLI after its device flow). */
async function identify(deps: EdgeDeps, headers: Headers): Promise<Identity | null> {
  if (!headers.has("cookie") && !headers.has("authorization")) return null;
  const found = await deps.auth.getSession(headers);
  if (!found) return null;
  const { id, name, email } = found.user;
  const memberships = await findMemberships(deps.services, id);
  const active =
    memberships.find((m) => m.organization.id === found.session.activeOrganizationId) ??
    memberships[0];
  const caller: MemberCaller | null = active
    ? {
        kind: "member",
        userId: id,
        name,
        organizationId: active.organization.id,
        roles: active.roles,
      }
    : null;
  return { user: { id, name, email }, sessionId: found.session.id, caller };
}

export const headersOf = (raw: NodeJS.Dict<string | string[]>): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return headers;
};
