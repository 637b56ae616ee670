import { DomainError } from "@preceptor/domain";
import type { ServiceContext } from "@preceptor/services";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { ZodError } from "zod";
import { answers, fieldsOf, messageOf, NOT_JSON, SEND_JSON, UNEXPECTED } from "./errors.ts";
import { linger } from "./linger.ts";

export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What a failed request becomes outside a procedure; an unknown error never shows its text. */
export function faultOf(error: FastifyError | Error): Fault {
  if (error instanceof DomainError)
    return { status: answers[error.code].status, code: error.code, message: error.message };
  if (error instanceof ZodError)
    return { status: 400, code: "invalid", message: messageOf(error) ?? "" };
  const status = "statusCode" in error ? error.statusCode : undefined;
  if (status === 413)
    return {
      status,
      code: "too-large",
      message: "The request is larger than the 1 MB accepted here; nothing of it was read.",
    };
  if (status === 415) return { status, code: "invalid", message: SEND_JSON };
  const unreadable = "code" in error && error.code === "FST_ERR_CTP_INVALID_JSON_BODY";
  if (error instanceof SyntaxError || unreadable)
    return { status: 400, code: "invalid", message: NOT_JSON };
  if (status !== undefined && status >= 400 && status < 500)
    return { status, code: "invalid", message: error.message };
  if (status === 503)
    return { status, code: "unavailable", message: "The server is busy; try again shortly." };
  return { status: 500, code: "internal", message: UNEXPECTED };
}

export const handleError =
  (log: ServiceContext["log"]) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const fault = faultOf(error);
    if (fault.status === 500)
      log.error({ err: error, route: request.routeOptions.url }, "a request failed");
    linger(request, reply);
    const { status, code, message } = fault;
    const data = { code, httpStatus: status, domainCode: code, fields: fieldsOf(error) };
    return request.url.startsWith("/api/trpc/")
      ? reply.code(status).send({ error: { message, code: -32_600, data } })
      : reply.code(status).send({ code, message, fields: fieldsOf(error) });
  };
