import type {
  PipelinePolicy,
  PipelineRequest,
  PipelineResponse,
  SendRequest,
} from "@azure/core-rest-pipeline";
import type { Operation, Throttle } from "../throttle.ts";
import { backOffMs, retryAfterMs } from "./waiting.ts";

export interface Politeness {
  readonly throttle: Throttle;
  /** Subscription and region: who is counted together. */
  readonly key: string;
  readonly timeoutMs: number;
  readonly maxTries?: number;
}

/**
 * Stands in line before every try, waits when told to, and repeats what is safe to repeat. Unlike the SDK's own retry it
 * also waits out a 429 without Retry-After, and never repeats a PUT, PATCH or POST that may have had its effect:
 * whoever sent it must look first.
 */
export const politePolicy = (options: Politeness): PipelinePolicy => ({
  name: "preceptorPolite",
  async sendRequest(request, next) {
    if (request.timeout === 0) request.timeout = options.timeoutMs;
    const maxTries = options.maxTries ?? 5;
    for (let tried = 1; ; tried += 1) {
      const outcome = await attempt(options, request, next);
      const delayMs = tried < maxTries ? delayOf(outcome, request, tried) : null;
      if (delayMs === null) {
        if ("response" in outcome) return outcome.response;
        throw outcome.error;
      }
      if ("response" in outcome && outcome.response.status === 429)
        options.throttle.hold(options.key, operationOf(request), delayMs);
      else await options.throttle.wait(delayMs, signalOf(request));
    }
  },
});

type Outcome = { readonly response: PipelineResponse } | { readonly error: unknown };

async function attempt(
  { throttle, key }: Politeness,
  request: PipelineRequest,
  next: SendRequest,
): Promise<Outcome> {
  await throttle.acquire(key, operationOf(request), signalOf(request));
  try {
    return { response: await next(request) };
  } catch (error) {
    return { error };
  }
}

/** How long to wait before the next try; null when there must be none. */
function delayOf(outcome: Outcome, request: PipelineRequest, tried: number): number | null {
  if ("error" in outcome) {
    if (request.abortSignal?.aborted === true) return null;
    const again = neverSent(outcome.error) || (isRepeatable(request) && wasCut(outcome.error));
    return again ? backOffMs(tried, Math.random()) : null;
  }
  const { status, headers } = outcome.response;
  if (status !== 429 && !(isRepeatable(request) && isPassing(status))) return null;
  return retryAfterMs(headers.get("retry-after"), Date.now()) ?? backOffMs(tried, Math.random());
}

const isPassing = (status: number): boolean =>
  status === 408 || (status >= 500 && status !== 501 && status !== 505);

const isRepeatable = ({ method }: PipelineRequest): boolean =>
  method === "GET" || method === "HEAD" || method === "DELETE";

const operationOf = ({ method }: PipelineRequest): Operation =>
  method === "GET" || method === "HEAD" ? "read" : "write";

const neverSentCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);
const cutCodes = new Set(["ECONNRESET", "ETIMEDOUT", "EPIPE", "REQUEST_SEND_ERROR"]);

const neverSent = (error: unknown): boolean => neverSentCodes.has(codeOf(error));
const wasCut = (error: unknown): boolean =>
  cutCodes.has(codeOf(error)) || (error instanceof Error && error.name === "AbortError");

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** The SDK's signal type is a subset of the platform's; what is not a real one cannot end a wait early. */
const signalOf = ({ abortSignal }: PipelineRequest): AbortSignal | undefined =>
  abortSignal instanceof AbortSignal ? abortSignal : undefined;
