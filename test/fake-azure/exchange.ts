import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal, type Answer } from "./answer.ts";
import { effectOf, type Outcome } from "./fault-effects.ts";
import type { FakeRequest } from "./router.ts";
import type { Match } from "./router.ts";
import type { World } from "./world.ts";

/** One request and its answer, for the conformance test; without whatever authorised it. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: unknown;
  /** What was wrong with it on purpose. */
  readonly fault: string | null;
}

export interface Door {
  readonly find: (method: string, path: string) => Match | null;
  /** Throws a refusal when the caller may not come in. */
  readonly gate: (request: FakeRequest) => void;
  readonly requests: Exchange[];
  /** What Resource Manager would count against a caller's limits. */
  readonly counted: { reads: number; writes: number };
}

/** Reads a request, lets its fault have its way, and answers. */
export async function exchange(
  world: World,
  door: Door,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(message.url ?? "/", world.origin);
  const method = message.method ?? "GET";
  const path = url.pathname;
  if (path.startsWith("/subscriptions/")) door.counted[method === "GET" ? "reads" : "writes"]++;
  const fault = path.startsWith("/fake/") ? null : world.faults.take(method, path + url.search);
  const match = door.find(method, path);
  const request: FakeRequest = {
    method,
    url,
    params: match?.params ?? {},
    headers: message.headers,
    body: await readBody(message),
  };
  const effect = effectOf(fault);
  const outcome =
    effect.before(request, world) ??
    effect.after(await answerOf(door, match, request), request, world);
  write(response, outcome);
  if (world.options.record && path.startsWith("/subscriptions/"))
    door.requests.push(recorded(request, outcome, fault?.kind ?? null));
}

async function answerOf(door: Door, match: Match | null, request: FakeRequest): Promise<Answer> {
  try {
    door.gate(request);
    if (match === null)
      throw new Refusal(
        404,
        "NotFound",
        `The fake has no route ${request.method} ${request.url.pathname}.`,
      );
    return await match.handler(request);
  } catch (error) {
    if (error instanceof Refusal) return error.answer();
    const reason = error instanceof Error ? (error.stack ?? error.message) : "unknown";
    return new Refusal(500, "FakeIsBroken", reason).answer();
  }
}

async function readBody(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  if (text === "") return null;
  const type = message.headers["content-type"] ?? "";
  if (type.includes("form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function write(response: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === "hang-up") return void response.socket?.destroy();
  if (outcome.kind === "raw") {
    response.writeHead(outcome.status, { "content-type": outcome.type }).end(outcome.text);
    return;
  }
  const { status, body } = outcome.answer;
  response.writeHead(status, headersOf(outcome.answer));
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

const headersOf = ({ body, headers }: Answer): Record<string, string> => ({
  ...(body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
  "x-ms-request-id": crypto.randomUUID(),
  "x-ms-correlation-request-id": crypto.randomUUID(),
  ...headers,
});

function recorded(request: FakeRequest, outcome: Outcome, fault: string | null): Exchange {
  const { authorization: _, cookie: __, ...headers } = request.headers;
  const flat = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  const answer: Answer = outcome.kind === "answer" ? outcome.answer : { status: 0 };
  return {
    method: request.method,
    url: request.url.href,
    requestHeaders: Object.fromEntries(flat),
    requestBody: request.body,
    status: outcome.kind === "raw" ? outcome.status : answer.status,
    responseHeaders: headersOf(answer),
    responseBody: answer.body,
    fault,
  };
}
