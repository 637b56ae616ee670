import { pipeline } from "node:stream";
import type { ServedRequest } from "@preceptor/services/gateway";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Dispatcher } from "undici";
import { z } from "zod";
import { keyOf } from "../access/authenticate.ts";
import type { Bearers } from "../bearer/bearers.ts";
import { GatewayError } from "../errors.ts";
import { choose, isCopied } from "../routing/choose.ts";
import type { RouteTable } from "../routing/route-table.ts";
import type { VerifiedRoute } from "../routing/verify-route.ts";
import type { Mirror } from "./mirror.ts";
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
  readonly mirror: Mirror;
  now(): Date;
  /** In [0, 1): who of a purpose's deployments answers a request, and whether it is copied. */
  random(): number;
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
    const purpose = deps.routes.find(organizationId, chat.model);
    if (purpose === undefined)
      throw new GatewayError(
        "model_not_found",
        `No approved model is served as ${chat.model} to your organization. GET /v1/models lists those that are.`,
        "model",
      );

    const at = deps.now();
    const abort = new AbortController();
    let route = choose(purpose.routed, purpose.canaries, deps.random());
    let usage = noUsage;
    const since = (from: Date): number => Math.max(0, deps.now().getTime() - from.getTime());
    reply.raw.once("close", () => {
      abort.abort();
      deps.onServed({
        organizationId,
        kind: "answered",
        keyId,
        at,
        ...usage,
        ...whichOf(route),
        latencyMs: since(at),
        status: reply.raw.writableFinished ? reply.raw.statusCode : CLIENT_CLOSED,
      });
    });

    const streamed = chat.stream === true;
    const asked = streamed
      ? { ...chat, stream_options: { ...chat.stream_options, include_usage: true } }
      : chat;
    for (const copied of purpose.mirrors)
      if (copied !== route && isCopied(copied.mirrorPercent, deps.random()))
        deps.mirror.send(copied, asked, ({ at, latencyMs, status }) =>
          deps.onServed({ ...nobodys("mirrored", copied), at, latencyMs, status }),
        );
    nameModel(reply, route);
    let answer: Answer;
    try {
      answer = await answerOf(deps, route, asked, abort.signal);
    } catch (error) {
      // Nothing was sent to the client yet, and what a canary cannot do the routed one can.
      if (route === purpose.routed || !(error instanceof GatewayError)) throw error;
      const { statusCode: status } = error;
      deps.onServed({ ...nobodys("passed-on", route), at, latencyMs: since(at), status });
      route = purpose.routed;
      nameModel(reply, route);
      answer = await answerOf(deps, route, asked, abort.signal);
    }
    if (answer.text === null) {
      const hideUsage = chat.stream_options?.include_usage !== true;
      return sendStream(request, reply, answer.upstream, {
        hideUsage,
        onUsage: (found) => (usage = found),
      });
    }
    usage = usageIn(answer.text)?.usage ?? noUsage;
    return reply.code(answer.upstream.status).type("application/json").send(answer.text);
  };

const nameModel = (reply: FastifyReply, { model }: VerifiedRoute): FastifyReply =>
  reply.headers({
    "x-preceptor-model": `${model.name}@${model.version}`,
    "x-preceptor-digest": model.digest,
  });

interface Answer {
  readonly upstream: Upstream;
  /** null for events that are still to come. */
  readonly text: string | null;
}

async function answerOf(
  deps: Pick<ChatDeps, "agent" | "bearers">,
  route: VerifiedRoute,
  asked: unknown,
  signal: AbortSignal,
): Promise<Answer> {
  const upstream = await askModel(deps, route, asked, signal);
  if (upstream.status === 200 && upstream.contentType.startsWith("text/event-stream"))
    return { upstream, text: null };
  return { upstream, text: await readAnswer(route, upstream) };
}

const whichOf = ({ deploymentId, model }: VerifiedRoute) => ({
  deploymentId,
  modelVersionId: model.versionId,
});
/** What a model did that is no customer's usage. */
const nobodys = (kind: "mirrored" | "passed-on", route: VerifiedRoute) => ({
  organizationId: route.organizationId,
  kind,
  keyId: null,
  ...noUsage,
  ...whichOf(route),
});

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
