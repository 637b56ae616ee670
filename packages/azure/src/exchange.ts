import type { ServiceClient } from "@azure/core-client";
import {
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { ArmAnswer, ArmRequest } from "./workspace.ts";

export interface Sender {
  readonly client: Pick<ServiceClient, "sendRequest">;
  readonly origin: string;
}

export const unexpectedShape = "UNEXPECTED_SHAPE";

/** One request over the client's own pipeline; anything but 2xx throws, and so does an answer of another shape. */
export async function exchange<T>(sender: Sender, request: ArmRequest<T>): Promise<ArmAnswer<T>> {
  const url = new URL(sender.origin + request.path);
  for (const [name, value] of Object.entries(request.query ?? {}))
    url.searchParams.set(name, value);
  const headers = createHttpHeaders({ accept: "application/json" });
  if (request.body !== undefined) headers.set("content-type", "application/json; charset=utf-8");
  const response = await sender.client.sendRequest(
    createPipelineRequest({
      url: url.href,
      method: request.method,
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    }),
  );
  if (response.status < 200 || response.status > 299) throw refused(response);
  const parsed = request.schema.safeParse(bodyOf(response));
  if (!parsed.success)
    throw new RestError(`The answer to ${request.method} ${request.path} has an unknown shape.`, {
      code: unexpectedShape,
      statusCode: response.status,
      request: response.request,
    });
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    body: parsed.data,
  };
}

function bodyOf(response: PipelineResponse): unknown {
  const text = response.bodyAsText ?? "";
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new RestError("The answer is broken JSON.", {
      code: RestError.PARSE_ERROR,
      statusCode: response.status,
      request: response.request,
    });
  }
}

/** The body goes along for `faultOf`, which takes only codes and sentences from it. */
const refused = (response: PipelineResponse): RestError =>
  new RestError(`Azure answered ${response.status}.`, {
    statusCode: response.status,
    request: response.request,
    response,
  });
