import type { AppRouter } from "@preceptor/api";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";

export type Client = ReturnType<typeof createTRPCClient<AppRouter>>;
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly api: Client;
}

/** POSTs JSON and gives back JSON; what the server says about a refusal becomes the error's text. */
export async function post<T>(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(url).origin, ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${new URL(url).pathname} answered ${response.status}: ${text.slice(0, 300)}`);
  return (text === "" ? null : JSON.parse(text)) as T;
}

/** The public API for somebody who is not signed in. */
export const anyone = (apiUrl: string): Client =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: `${apiUrl}/api/trpc` })] });

/** Signs in through the same door as the browser and gives the public API as that person. */
export async function signIn(
  apiUrl: string,
  person: { name: string; email: string; password: string },
): Promise<Person> {
  const { token } = await post<{ token: string }>(`${apiUrl}/api/auth/sign-in/email`, {
    email: person.email,
    password: person.password,
  });
  const api = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${apiUrl}/api/trpc`, headers: { authorization: `Bearer ${token}` } })],
  });
  return { ...person, token, api };
}

export const explain = (error: unknown): string =>
  error instanceof TRPCClientError || error instanceof Error ? error.message : String(error);

/** Shapes as they come over the wire: instants are ISO text. */
type Out = inferRouterOutputs<AppRouter>;
export type Job = Out["job"]["get"];
export type Evaluation = Out["evaluation"]["get"];
export type Promotion = Out["promotion"]["get"];
export type Deployment = Out["deployment"]["get"];
export type DatasetVersion = Out["dataset"]["get"]["version"];
