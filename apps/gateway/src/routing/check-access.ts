import { EndpointAccess } from "@preceptor/domain";

/** What this gateway has to ask endpoints with; a row's wish alone decides nothing. */
export interface Means {
  /** Whether it has the serving key. */
  readonly servingKey: boolean;
  /** Whom its own identity may ask tokens for; null where it has none. */
  readonly tokenScopes: readonly string[] | null;
}
type AccessCheck =
  | { readonly ok: true; readonly access: EndpointAccess }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Whether the gateway can and may ask an endpoint the way the row says. */
export function checkAccess(wanted: unknown, endpoint: URL, means: Means): AccessCheck {
  if (wanted === null)
    return refused("access-unknown", "the worker has not said yet how its endpoint is asked");
  const parsed = EndpointAccess.safeParse(wanted);
  if (!parsed.success || !Object.keys(parsed.data.headers).every(mayBeSent)) return notGiven;
  const access = parsed.data;
  const { bearer } = access;
  if (bearer.from === "installation") {
    // Servers of this machine have it, so no other machine is sent it.
    if (endpoint.hostname !== "127.0.0.1") return notGiven;
    return means.servingKey
      ? { ok: true, access }
      : refused(
          "no-serving-key",
          "its bearer follows from the serving key, which this gateway was not given: set PRECEPTOR_SERVING_KEY_FILE to the worker's",
        );
  }
  if (endpoint.protocol !== "https:") return notGiven;
  if (means.tokenScopes === null)
    return refused(
      "no-identity",
      bearer.from === "endpoint-key"
        ? "its endpoint wants a key, which the gateway asks for with an identity of its own, and it has none: its README says how to give it one"
        : "its endpoint wants a token of the gateway's own identity, and it has none: its README says how to give it one",
    );
  if (bearer.from === "identity" && !means.tokenScopes.includes(bearer.scope)) return notGiven;
  return { ok: true, access };
}

/** No row may set what the gateway itself sends. */
const mayBeSent = (name: string): boolean =>
  /^[a-z0-9-]+$/i.test(name) && !ownHeaders.has(name.toLowerCase());

const ownHeaders = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "transfer-encoding",
]);

const refused = (code: string, message: string): AccessCheck => ({ ok: false, code, message });
const notGiven = refused(
  "access-not-allowed",
  "it asks for a token or a header the gateway does not give",
);
