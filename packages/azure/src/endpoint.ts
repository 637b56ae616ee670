import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type HttpClient,
} from "@azure/core-rest-pipeline";
import type { AzureConnection } from "./connection.ts";
import { tlsOf } from "./transport/tls.ts";

/** Whom a token for a model's endpoint is asked for. Source: "Authenticate clients for online endpoints", Microsoft Learn. */
export const endpointScope = "https://ml.azure.com/.default";

export interface EndpointQuestion {
  /** At a host that models answer from; the only one the token goes to, for redirects are not followed. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A key where the endpoint takes keys; otherwise a token of this process's identity is sent. */
  readonly key?: string | null;
  readonly timeoutMs?: number;
}

/** Reads something from a served model. Answers of any status come back; only silence throws. */
export async function askEndpoint(
  connection: AzureConnection,
  { url, headers = {}, key = null, timeoutMs = 5000 }: EndpointQuestion,
): Promise<{ readonly status: number; readonly text: string }> {
  const address = URL.parse(url);
  if (address === null || !connection.cloud.mayAnswer(address))
    throw new RestError(
      `No model may answer from ${address?.host ?? "there"}; no token was sent. If that is where this cloud's endpoints are, name it in PRECEPTOR_AZURE_ENDPOINT_HOSTS.`,
    );
  const bearer = key ?? (await connection.credential.getToken(endpointScope))?.token ?? "";
  const request = createPipelineRequest({
    url,
    method: "GET",
    timeout: timeoutMs,
    headers: createHttpHeaders({ ...headers, authorization: `Bearer ${bearer}` }),
  });
  const tls = tlsOf(connection.cloud);
  if (tls !== undefined) request.tlsSettings = tls;
  const client = connection.httpClient ?? ownClient();
  const response = await client.sendRequest(request);
  return { status: response.status, text: response.bodyAsText ?? "" };
}

let made: HttpClient | undefined;
const ownClient = (): HttpClient => (made ??= createDefaultHttpClient());
