import type { AppRouter } from "@preceptor/api";
import {
  createTRPCClient,
  httpLink,
  splitLink,
  type HTTPLinkOptions,
  type TRPCClient,
} from "@trpc/client";
import { exitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import type { Io } from "../io.ts";
import { addressOf, DEFAULT_URL } from "./address.ts";
import { readCredentials } from "./credentials.ts";

/** No answer after so long counts as a server that is not there. */
const TIMEOUT_MS = 60_000;
/** Servers and proxies take 8 kB of it, three bytes a letter at worst. */
const LONGEST_IN_AN_ADDRESS = 2000;

export interface Session {
  readonly url: string;
  readonly token: string;
  readonly api: TRPCClient<AppRouter>;
}

/** PRECEPTOR_URL and PRECEPTOR_TOKEN come before what `sign-in` kept. */
export async function openSession(io: Io): Promise<Session> {
  const { url, token } = await whereAndWho(io);
  const link: HTTPLinkOptions<AppRouter["_def"]["_config"]["$types"]> = {
    url: `${url}/api/trpc`,
    headers: { authorization: `Bearer ${token}` },
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        redirect: "error",
        signal: signalFor(io, init?.signal),
      } as RequestInit),
  };
  const api = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        // A job's file with the names of all its code does not fit an address.
        condition: ({ input }) => (JSON.stringify(input) ?? "").length > LONGEST_IN_AN_ADDRESS,
        true: httpLink({ ...link, methodOverride: "POST" }),
        false: httpLink(link),
      }),
    ],
  });
  return { url, token, api };
}

async function whereAndWho(io: Io): Promise<{ url: string; token: string }> {
  const { PRECEPTOR_URL: givenUrl, PRECEPTOR_TOKEN: givenToken } = io.env;
  const asked = givenUrl ? addressOf(givenUrl, "PRECEPTOR_URL") : null;
  if (givenToken) return { url: asked ?? (await keptUrl(io)) ?? DEFAULT_URL, token: givenToken };
  const kept = await readCredentials(io);
  if (kept === null)
    throw new CliError(exitCode.notAllowed, "You are not signed in. Run: preceptor sign-in");
  // A token belongs to the server that gave it: it is never shown to another.
  if (asked !== null && asked !== kept.url)
    throw new CliError(
      exitCode.notAllowed,
      `You are signed in at ${kept.url}, not at ${asked}. Run: preceptor sign-in --url ${asked}`,
    );
  return kept;
}

const keptUrl = async (io: Io): Promise<string | undefined> => (await readCredentials(io))?.url;

export const signalFor = (io: Io, other?: AbortSignal | null): AbortSignal =>
  AbortSignal.any([io.stopped, AbortSignal.timeout(TIMEOUT_MS), ...(other ? [other] : [])]);
