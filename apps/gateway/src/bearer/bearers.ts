import type { EndpointPlace } from "@preceptor/domain";
import type { VerifiedRoute } from "../routing/verify-route.ts";
import type { EndpointKeys } from "./endpoint-keys.ts";

/** The gateway's own identity at a cloud. */
export interface GatewayIdentity {
  /** Whom tokens may be asked for, whatever a row wants. */
  readonly scopes: readonly string[];
  tokenFor(scope: string): Promise<string>;
  /** The key of an endpoint; refuses where `address` is not where that endpoint answers. */
  keyFor(place: EndpointPlace, address: URL): Promise<string>;
  /** PEM, trusted beside the usual authorities. */
  readonly certificateAuthority: string | null;
}

/** What an endpoint is sent as its bearer: made or asked for at that moment, never read from the database. */
export interface Bearers {
  of(route: AskedRoute): Promise<string>;
  /** Another one after the endpoint refused this one; null where there is none. */
  afterRefusal(route: AskedRoute, refused: string): Promise<string | null>;
}
export type AskedRoute = Pick<VerifiedRoute, "deploymentId" | "access"> & {
  readonly endpoint: URL;
};

export interface BearerSources {
  readonly servingToken: ((deploymentId: string) => string) | null;
  readonly identity: Pick<GatewayIdentity, "tokenFor"> | null;
  readonly keys: EndpointKeys;
}

export const createBearers = ({ servingToken, identity, keys }: BearerSources): Bearers => ({
  async of({ access, deploymentId, endpoint }) {
    const bearer = access?.bearer;
    if (bearer?.from === "installation" && servingToken !== null) return servingToken(deploymentId);
    if (bearer?.from === "identity" && identity !== null) return identity.tokenFor(bearer.scope);
    if (bearer?.from === "endpoint-key") return keys.keyFor(bearer.place, endpoint);
    // A route like this was refused before it got here.
    throw new Error("there is no source for this bearer");
  },
  async afterRefusal({ access, endpoint }, refused) {
    const bearer = access?.bearer;
    return bearer?.from === "endpoint-key" ? keys.newerThan(refused, bearer.place, endpoint) : null;
  },
});
