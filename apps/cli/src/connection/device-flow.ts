import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { exitCode } from "../exit-code.ts";
import { CliError, unreachable } from "../failure.ts";
import type { Io } from "../io.ts";
import { signalFor } from "./session.ts";

const CLIENT_ID = "preceptor-cli";
const DeviceCode = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string().optional(),
  expires_in: z.number(),
  interval: z.number().default(5),
});
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() });
const Token = z.object({ access_token: z.string().min(1) });

export interface Invitation {
  readonly address: string;
  readonly code: string;
  readonly expiresInSeconds: number;
}

/** Signs in by another device (RFC 8628): shows an address and a code, then asks until somebody allowed it. Gives the token. */
export async function signInByDevice(
  io: Io,
  url: string,
  show: (invitation: Invitation) => void,
): Promise<string> {
  const code = DeviceCode.safeParse(
    await answerOf(await post(io, `${url}/api/auth/device/code`, { client_id: CLIENT_ID })),
  );
  if (!code.success) throw unreachable();
  const { device_code, user_code, expires_in, interval } = code.data;
  // The page is the server's own whatever address it believes to have: a person signs in where they said.
  const address = `${url}/device?user_code=${encodeURIComponent(user_code)}`;
  show({ address, code: user_code, expiresInSeconds: expires_in });

  const until = io.now().getTime() + expires_in * 1000;
  let pauseMs = interval * 1000;
  while (io.now().getTime() < until) {
    await wait(pauseMs, undefined, { signal: io.stopped }).catch(() => {
      throw io.stopped.reason;
    });
    const response = await post(io, `${url}/api/auth/device/token`, {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code,
      client_id: CLIENT_ID,
    });
    const answer = await answerOf(response);
    const token = Token.safeParse(answer);
    if (response.ok && token.success) return token.data.access_token;
    const error = Refusal.safeParse(answer);
    if (!error.success) throw unreachable();
    pauseMs = pauseAfter(error.data.error, pauseMs);
  }
  throw expired();
}

/** How long to wait before asking again; an answer that is final is thrown. RFC 8628, section 3.5. */
function pauseAfter(error: string, pauseMs: number): number {
  if (error === "authorization_pending") return pauseMs;
  if (error === "slow_down") return pauseMs + 5000;
  if (error === "expired_token") throw expired();
  if (error === "access_denied")
    throw new CliError(exitCode.notAllowed, "The sign-in was denied in the browser.");
  throw new CliError(exitCode.failed, `The server refused the sign-in (${error}). Try again.`);
}

const expired = (): CliError =>
  new CliError(exitCode.notAllowed, "The code is no longer valid. Run preceptor sign-in again.");

const post = (io: Io, url: string, body: unknown): Promise<Response> =>
  fetch(url, {
    method: "POST",
    redirect: "error",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: signalFor(io),
  });

async function answerOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw unreachable();
  }
}
