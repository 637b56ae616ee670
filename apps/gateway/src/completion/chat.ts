import { pipeline } from "node:stream";
import type { ServedRequest } from "@preceptor/services/gateway";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Dispatcher } from "undici";
import { z } from "zod";
import { keyOf } from "../access/authenticate.ts";
import type { Bearers } from "../bearer/bearers.ts";
import { GatewayError } from "../errors.ts";
import type { RouteTable } from "../routing/route-table.ts";
import { askModel, readAnswer, type Upstream } from "./upstream.ts";
import { usageStream } from "./usage-stream.ts";
import { noUsage, usageIn } from "./usage.ts";

/** What the gateway itself must understand; the rest is for the model's server to judge. */
const ChatRequest = z.looseObject({
  model: z.string().min(1).max(200),
  messages: z.array(z.unknown()).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
});

export interface ChatDeps {
  readonly routes: RouteTable;
  readonly agent: Dispatcher;
  readonly bearers: Bearers;
  now(): Date;
  /** Called once a request that reached a model is over, however it ended. */
  onServed(request: ServedRequest): void;
}

/** Nobody reads the answer any more: the status that proxies write down for it. */
const CLIENT_CLOSED = 499;

export const chatCompletion =
  (deps: ChatDeps) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { organizationId, keyId } = keyOf(request);
    const parsed = ChatRequest.safeParse(request.body);
    if (!parsed.success) throw invalid(parsed.error);
    const chat = parsed.data;
    const route = deps.routes.find(organizationId, chat.model);
    if (route === undefined)
      throw new GatewayError(
        "model_not_found",
        `No approved model is served as ${chat.model} to your organization. GET /v1/models lists those that are.`,
        "model",
      );

    const at = deps.now();
    const abort = new AbortController();
    let usage = noUsage;
    reply.raw.once("close", () => {
      abort.abort();
      deps.onServed({
        organizationId,
        keyId,
        at,
        ...usage,
        deploymentId: route.deploymentId,
        modelVersionId: route.model.versionId,
        latencyMs: Math.max(0, deps.now().getTime() - at.getTime()),
        status: reply.raw.writableFinished ? reply.raw.statusCode : CLIENT_CLOSED,
      });
    });

    const { name, version, digest } = route.model;
    reply.headers({ "x-preceptor-model": `${name}@${version}`, "x-preceptor-digest": digest });
    const streamed = chat.stream === true;
    const asked = streamed
      ? { ...chat, stream_options: { ...chat.stream_options, include_usage: true } }
      : chat;
    const upstream = await askModel(deps, route, asked, abort.signal);
    if (upstream.status === 200 && upstream.contentType.startsWith("text/event-stream")) {
      const hideUsage = chat.stream_options?.include_usage !== true;
      return sendStream(request, reply, upstream, {
        hideUsage,
        onUsage: (found) => (usage = found),
      });
    }
    const answer = await readAnswer(route, upstream);
    usage = usageIn(answer)?.usage ?? noUsage;
    return reply.code(upstream.status).type("application/json").send(answer);
  };

/** Events go out as they come in, no faster than the client reads; a client that leaves ends the model's work. */
function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  upstream: Upstream,
  options: Parameters<typeof usageStream>[0],
): FastifyReply {
  const events = usageStream(options);
  pipeline(upstream.body, events, (error) => {
    if (error && reply.raw.writable && !reply.raw.destroyed)
      request.log.warn({ why: error.message }, "a model broke off in the middle of its answer");
  });
  return reply
    .headers({ "cache-control": "no-cache", "x-accel-buffering": "no" })
    .type("text/event-stream; charset=utf-8")
    .send(events);
}

/** Says where and what is wrong, never what was sent. */
function invalid(error: z.ZodError): GatewayError {
  const [issue] = error.issues;
  const where = issue?.path.join(".") || "body";
  return new GatewayError("invalid_body", `${where}: ${issue?.message ?? "not valid"}`, where);
}
