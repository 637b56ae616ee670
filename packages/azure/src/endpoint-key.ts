import { DomainError, type EndpointPlace } from "@preceptor/domain";
import { z } from "zod";
import type { AzureConnection } from "./connection.ts";
import { inOurWords } from "./in-our-words.ts";
import { workspaceClient } from "./workspace-client.ts";
import type { WorkspaceClient } from "./workspace.ts";

const Found = z.object({
  properties: z.object({ authMode: z.string().nullish(), scoringUri: z.string().nullish() }),
});
const Keys = z.object({ primaryKey: z.string().min(1) });

/** The base of an endpoint's chat API, from its scoring address: the scoring route is the one for chat, the base is what it stands on. */
export function endpointBase(scoringUri: string | null | undefined): string | null {
  const url = URL.parse(scoringUri ?? "");
  if (url === null) return null;
  return `${url.origin}${url.pathname.replace(/\/(v1(\/chat\/completions)?)?\/?$/, "")}/v1`;
}

/** Kept by nobody here. */
export async function listEndpointKey(client: WorkspaceClient, endpoint: string): Promise<string> {
  const path = `/onlineEndpoints/${encodeURIComponent(endpoint)}/listKeys`;
  return (await client.send({ method: "POST", path, schema: Keys })).primaryKey;
}

/**
 * The key of an endpoint for who is about to send it to `address`. Azure is asked first whether that is where the endpoint answers: whoever
 * can write an address down cannot have another endpoint's key sent there.
 */
export async function endpointKeyFor(
  connection: AzureConnection,
  { endpoint, ...workspace }: EndpointPlace,
  address: URL,
): Promise<string> {
  try {
    const client = workspaceClient(connection, workspace);
    const path = `/onlineEndpoints/${encodeURIComponent(endpoint)}`;
    const { properties } = await client.send({ method: "GET", path, schema: Found });
    const base = endpointBase(properties.scoringUri);
    if (
      !connection.cloud.mayAnswer(address) ||
      base === null ||
      new URL(base).href !== address.href
    )
      throw new DomainError(
        "forbidden",
        `The endpoint ${endpoint} does not answer at ${address.host}${address.pathname}, so its key is not asked for.`,
      );
    if (properties.authMode !== "Key")
      throw new DomainError("invalid", `The endpoint ${endpoint} takes no key.`);
    return await listEndpointKey(client, endpoint);
  } catch (error) {
    throw inOurWords(error);
  }
}
