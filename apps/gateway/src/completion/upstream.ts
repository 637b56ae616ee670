import { rootCertificates } from "node:tls";
import { Agent, request, type Dispatcher } from "undici";
import type { Bearers } from "../bearer/bearers.ts";
import { GatewayError } from "../errors.ts";
import type { VerifiedRoute } from "../routing/verify-route.ts";

const LONGEST_ANSWER_BYTES = 16_000_000;

export interface Upstream {
  readonly status: number;
  readonly contentType: string;
  readonly body: Dispatcher.ResponseData["body"];
}

/** Connections to the models' servers, kept and reused. `authority` (PEM) is trusted beside the usual ones. */
export const createUpstreamAgent = (authority: string | null = null): Agent =>
  new Agent({
    connect: {
      timeout: 3000,
      ...(authority === null ? {} : { ca: [...rootCertificates, authority] }),
    },
    // The first byte of an answer that is not streamed comes when all of it is made.
    headersTimeout: 300_000,
    bodyTimeout: 120_000,
    connections: 256,
  });

/** Sends the request on. Throws `model_unavailable` when nobody answers and `bad_model_answer` when the answer is no use. */
export async function askModel(
  { agent, bearers }: { readonly agent: Dispatcher; readonly bearers: Bearers },
  route: VerifiedRoute,
  body: unknown,
  signal: AbortSignal,
): Promise<Upstream> {
  const { endpoint } = route;
  if (endpoint === null) throw unavailable(route, "is still starting");
  const url = `${endpoint.href.replace(/\/$/, "")}/chat/completions`;
  const text = JSON.stringify(body);
  const send = async (bearer: string): Promise<Dispatcher.ResponseData> => {
    const headers = {
      ...route.access?.headers,
      "content-type": "application/json",
      authorization: `Bearer ${bearer}`,
    };
    const options = { method: "POST", headers, body: text, signal, dispatcher: agent } as const;
    return request(url, options).catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw unavailable(route, "does not answer right now");
    });
  };
  const asked = { ...route, endpoint };
  const bearer = await orUnavailable(route, bearers.of(asked));
  let response = await send(bearer);
  if (response.statusCode === 401) {
    await response.body.dump().catch(() => {});
    const other = await orUnavailable(route, bearers.afterRefusal(asked, bearer));
    if (other === null) throw unusable(route, "answered 401");
    response = await send(other);
  }
  const { statusCode: status } = response;
  // What the model's server thinks of our own token or path is no business of the client.
  const ours = status >= 500 || [401, 403, 405, 408, 424].includes(status);
  if (ours || (status >= 300 && status < 400)) {
    await response.body.dump().catch(() => {});
    throw unusable(route, `answered ${status}`);
  }
  const contentType = response.headers["content-type"];
  return { status, contentType: String(contentType ?? ""), body: response.body };
}

const orUnavailable = <Value>(route: VerifiedRoute, bearer: Promise<Value>): Promise<Value> =>
  bearer.catch(() => {
    throw unavailable(route, "cannot be asked: the gateway does not get what its endpoint wants");
  });

/** The whole answer as text; too long a one is refused before it fills the memory. */
export async function readAnswer(route: VerifiedRoute, upstream: Upstream): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of upstream.body) {
      const bytes: Buffer = chunk;
      sizeBytes += bytes.byteLength;
      if (sizeBytes > LONGEST_ANSWER_BYTES) break;
      chunks.push(bytes);
    }
  } catch {
    throw unusable(route, "broke off in the middle of its answer");
  }
  if (sizeBytes > LONGEST_ANSWER_BYTES) throw unusable(route, "answered more than 16 MB");
  return Buffer.concat(chunks).toString();
}

const unavailable = (route: VerifiedRoute, what: string): GatewayError =>
  new GatewayError(
    "model_unavailable",
    `The model for ${route.purpose} ${what}. Try again in a few seconds; if it stays so, ask an operator to look at deployment ${route.deploymentId}.`,
  );
const unusable = (route: VerifiedRoute, what: string): GatewayError =>
  new GatewayError(
    "bad_model_answer",
    `The model for ${route.purpose} ${what}. Try again; if it stays so, ask an operator to look at deployment ${route.deploymentId}.`,
  );
