import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

interface Refusal {
  readonly status: number;
  readonly type:
    | "invalid_request_error"
    | "authentication_error"
    | "rate_limit_error"
    | "server_error";
}
/** Every way the gateway refuses, with its status and its type in the OpenAI error shape. */
const refusals = {
  invalid_body: { status: 400, type: "invalid_request_error" },
  invalid_api_key: { status: 401, type: "authentication_error" },
  model_not_found: { status: 404, type: "invalid_request_error" },
  not_found: { status: 404, type: "invalid_request_error" },
  request_too_large: { status: 413, type: "invalid_request_error" },
  rate_limit_exceeded: { status: 429, type: "rate_limit_error" },
  internal_error: { status: 500, type: "server_error" },
  bad_model_answer: { status: 502, type: "server_error" },
  model_unavailable: { status: 503, type: "server_error" },
  key_check_unavailable: { status: 503, type: "server_error" },
} as const satisfies Record<string, Refusal>;
export type RefusalCode = keyof typeof refusals;

export class GatewayError extends Error {
  readonly code: RefusalCode;
  readonly statusCode: number;
  readonly param: string | null;
  constructor(code: RefusalCode, message: string, param: string | null = null) {
    super(message);
    this.name = "GatewayError";
    this.statusCode = refusals[code].status;
    this.code = code;
    this.param = param;
  }
}

export function errorBody(code: RefusalCode, message: string, param: string | null = null): object {
  return { error: { message, type: refusals[code].type, param, code } };
}

/** The one place an error becomes an answer; what is not ours is told as nothing but `internal_error`. */
export function answerError(
  error: FastifyError | GatewayError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { code, message, param } = error instanceof GatewayError ? error : refusalOf(error);
  const { status } = refusals[code];
  if (code === "internal_error") request.log.error({ err: error }, "a request failed");
  if (status === 503) reply.header("retry-after", "5");
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="preceptor"');
  linger(request, reply);
  return reply.code(status).send(errorBody(code, message, param));
}

const LINGER_MS = 3_000;

/**
 * A connection closed while the client is still sending is reset, and the reason is lost with it: what still comes is thrown away
 * for a moment, and who goes on after that is cut off.
 */
function linger({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (raw.complete) return;
  reply.removeHeader("connection");
  raw.resume();
  // A request that was destroyed, now or in the meantime, knows its socket no more.
  const socket: typeof raw.socket | null = raw.socket;
  setTimeout(() => {
    if (!raw.complete) socket?.destroy();
  }, LINGER_MS).unref();
}

function refusalOf(error: FastifyError): GatewayError {
  if (error.statusCode === 413)
    return new GatewayError(
      "request_too_large",
      "The request is larger than 1 MB. Send a shorter conversation.",
    );
  if (error.statusCode === 429)
    return new GatewayError(
      "rate_limit_exceeded",
      "This key has made too many requests. Wait as long as retry-after says.",
    );
  if (error.statusCode === 415)
    return new GatewayError("invalid_body", "Send the request as application/json.");
  if (error.statusCode === 400)
    return new GatewayError("invalid_body", "The request's body is not JSON.");
  return new GatewayError("internal_error", "The gateway could not answer. Try again.");
}
