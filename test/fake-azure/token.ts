import { ok, Refusal, type Answer } from "./answer.ts";
import type { Names } from "./names.ts";
import type { FakeRequest, Routes } from "./router.ts";
import type { World } from "./world.ts";

const lifeSeconds = 3600;

interface Claims {
  readonly aud: string;
  readonly iss: string;
  readonly nbf: number;
  readonly exp: number;
  readonly tid: string;
  readonly appid: string;
  readonly oid: string;
}

/** Entra's token endpoint, as far as a service principal needs it. Its tokens are unsigned: who reads them checks the claims. */
export const tokenRoutes = (world: World): Routes => ({
  "GET /:tenant/v2.0/.well-known/openid-configuration": ({ params }) =>
    ok(discovery(world, params["tenant"] ?? "")),
  "POST /:tenant/oauth2/v2.0/token": (request) => issue(world, request),
});

function discovery({ origin, names }: World, tenant: string): object {
  const base = `${origin}/${tenant}`;
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    issuer: `${origin}/${names.tenantId}/v2.0`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    response_types_supported: ["code", "id_token"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    tenant_region_scope: "EU",
    cloud_instance_name: "127.0.0.1",
  };
}

function issue({ names }: World, { params, body }: FakeRequest): Answer {
  const form = body as Readonly<Record<string, string>>;
  if (params["tenant"] !== names.tenantId)
    return refuse(400, "invalid_request", 90002, `Tenant '${params["tenant"]}' not found.`);
  if (form["client_id"] !== names.clientId)
    return refuse(
      400,
      "unauthorized_client",
      700016,
      "Application with this identifier was not found in the directory.",
    );
  // A federated assertion is taken at its word; a secret has to be the one of this folder.
  if (!form["client_assertion"] && form["client_secret"] !== names.clientSecret)
    return refuse(401, "invalid_client", 7000215, "Invalid client secret provided.");
  const scope = (form["scope"] ?? "").split(" ").find((word) => word.endsWith("/.default")) ?? "";
  const token = tokenFor(names, scope.slice(0, -"/.default".length), lifeSeconds);
  return ok({
    token_type: "Bearer",
    expires_in: lifeSeconds,
    ext_expires_in: lifeSeconds,
    access_token: token,
  });
}

export const refuse = (status: number, error: string, code: number, message: string): Answer => ({
  status,
  body: {
    error,
    error_description: `AADSTS${code}: ${message} Trace ID: fake Correlation ID: fake`,
    error_codes: [code],
    timestamp: new Date().toISOString(),
    trace_id: "fake",
    correlation_id: "fake",
  },
});

/** A token as the endpoint issues it; tests make expired and foreign ones with it. */
export function tokenFor(names: Names, audience: string, secondsLeft: number): string {
  const now = Math.floor(Date.now() / 1000);
  const claims: Claims & Record<string, unknown> = {
    aud: audience,
    iss: `https://sts.windows.net/${names.tenantId}/`,
    iat: now - 300,
    nbf: now - 300,
    exp: now + secondsLeft,
    tid: names.tenantId,
    appid: names.clientId,
    oid: names.principalId,
    sub: names.principalId,
    idtyp: "app",
    ver: "1.0",
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ typ: "JWT", alg: "none" })}.${part(claims)}.`;
}

/** Throws the 401 the real service answers when a bearer token is missing, over or meant for somebody else. */
export function checkToken(
  { origin, names }: World,
  request: FakeRequest,
  audiences: string[],
): void {
  const header = String(request.headers["authorization"] ?? "");
  const unauthenticated = (code: string, message: string): Refusal =>
    new Refusal(401, code, message, {
      "www-authenticate": `Bearer authorization_uri="${origin}/${names.tenantId}", error="invalid_token"`,
    });
  if (!header.startsWith("Bearer "))
    throw unauthenticated(
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing.",
    );
  const claims = readClaims(header.slice("Bearer ".length));
  if (claims === null)
    throw unauthenticated("InvalidAuthenticationToken", "The access token is invalid.");
  const now = Date.now() / 1000;
  if (claims.exp <= now)
    throw unauthenticated(
      "ExpiredAuthenticationToken",
      `The access token expiry UTC time '${new Date(claims.exp * 1000).toISOString()}' is earlier than current UTC time '${new Date().toISOString()}'.`,
    );
  if (claims.tid !== names.tenantId || claims.nbf > now)
    throw unauthenticated(
      "InvalidAuthenticationTokenTenant",
      "The access token is from the wrong issuer. It must match the tenant associated with this subscription.",
    );
  const meant = [origin, ...audiences].map((audience) => audience.replace(/\/$/, ""));
  if (!meant.includes(claims.aud.replace(/\/$/, "")))
    throw unauthenticated(
      "InvalidAuthenticationTokenAudience",
      "The access token has been obtained for the wrong audience.",
    );
}

function readClaims(token: string): Claims | null {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;
  } catch {
    return null;
  }
}
