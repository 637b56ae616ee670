import { createReadStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import { AttemptFailure, inWords } from "./failure.ts";

/** The storage was busy or cut the connection; the same link may answer the next time. */
export class TransientLinkError extends Error {}

const silentMs = 60_000;

/** The bytes behind a `file:` or `http(s):` link. */
export async function openLink(
  link: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const url = URL.parse(link);
  if (url?.protocol === "file:") return createReadStream(fileURLToPath(url), { signal });
  if (url?.protocol === "http:" || url?.protocol === "https:")
    return transientErrors(await get(url, signal), signal);
  throw new AttemptFailure("input-unavailable", "its link is neither a file nor an http address");
}

async function get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  // Loaded only when needed: most attempts of one machine read files, and TLS costs megabytes.
  const client = url.protocol === "https:" ? await import("node:https") : await import("node:http");
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = client.get(url, { signal }, resolve);
    request.setTimeout(silentMs, () =>
      request.destroy(new TransientLinkError("its storage fell silent")),
    );
    request.on("error", (error) => reject(signal.aborted ? error : transient(error)));
  });
  const status = response.statusCode ?? 0;
  if (status === 200) return response;
  response.resume();
  const message = `its storage answered ${status}`;
  throw status === 429 || status >= 500
    ? new TransientLinkError(message)
    : new AttemptFailure("input-unavailable", message);
}

async function* transientErrors(
  response: IncomingMessage,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  try {
    yield* response as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw signal.aborted ? error : transient(error);
  }
}

const transient = (error: unknown): TransientLinkError =>
  error instanceof TransientLinkError ? error : new TransientLinkError(inWords(error));
