import { DomainError } from "@preceptor/domain";
import type { ServiceContext } from "@preceptor/services";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { ZodError } from "zod";
import { answers, messageOf, UNEXPECTED } from "../errors.ts";
import { linger } from "../linger.ts";

interface Fault {
  readonly status: number;
  readonly error_code: string;
  readonly message: string;
}

/** MLflow's error body. Overload is 429 or 5xx, never a 400: the client does not send a 400 again. */
function faultOf(error: FastifyError | Error): Fault {
  if (error instanceof DomainError) {
    const { status, code } = answers[error.code].mlflow;
    return { status, error_code: code, message: error.message };
  }
  if (error instanceof ZodError)
    return { status: 400, error_code: "INVALID_PARAMETER_VALUE", message: messageOf(error) ?? "" };
  if (error instanceof SyntaxError)
    return { status: 400, error_code: "BAD_REQUEST", message: "The body is not JSON." };
  const status = "statusCode" in error ? error.statusCode : undefined;
  if (status === 413)
    return {
      status,
      error_code: "BAD_REQUEST",
      message: "The request is larger than the 1 MB accepted here; send smaller batches.",
    };
  if (status === 503)
    return { status, error_code: "TEMPORARILY_UNAVAILABLE", message: "The server is busy." };
  if (status !== undefined && status >= 400 && status < 500)
    return { status, error_code: "BAD_REQUEST", message: error.message };
  return { status: 500, error_code: "INTERNAL_ERROR", message: UNEXPECTED };
}

export const handleMlflowError =
  (logOf: (request: FastifyRequest) => ServiceContext["log"]) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { status, ...body } = faultOf(error);
    if (status === 500)
      logOf(request).error({ err: error, route: request.routeOptions.url }, "tracking failed");
    linger(request, reply);
    return reply.code(status).send(body);
  };
