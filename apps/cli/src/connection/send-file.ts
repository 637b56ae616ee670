import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { z } from "zod";
import { exitCode, type ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import type { Io } from "../io.ts";
import type { Session } from "./session.ts";

const byStatus: Readonly<Record<number, ExitCode>> = {
  400: exitCode.invalid,
  401: exitCode.notAllowed,
  403: exitCode.notAllowed,
  404: exitCode.notFound,
  502: exitCode.unreachable,
  503: exitCode.unreachable,
  504: exitCode.unreachable,
};
const Refused = z.object({ message: z.string() });
const Answer = z.union([Refused, z.object({ error: Refused }).transform(({ error }) => error)]);

/** Streams one file with its length said beforehand. What the server refuses is told in its words, with the file's name. */
export async function sendFile(
  io: Io,
  session: Session,
  address: string,
  file: { readonly absolute: string; readonly path: string; readonly sizeBytes: number },
  onBytes: (bytes: number) => void,
): Promise<void> {
  // Not through a link, even one that was put there after the folder was read.
  await using handle = await open(file.absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.byteLength);
      done(null, chunk);
    },
  });
  const body = handle.createReadStream({ autoClose: false }).pipe(counted);
  const response = await fetch(`${session.url}${address}`, {
    method: "PUT",
    redirect: "error",
    headers: {
      authorization: `Bearer ${session.token}`,
      "content-type": "application/octet-stream",
      "content-length": String(file.sizeBytes),
    },
    body: Readable.toWeb(body) as ReadableStream,
    duplex: "half",
    signal: io.stopped,
  } as RequestInit);
  const text = await response.text();
  if (response.ok) return;
  throw new CliError(byStatus[response.status] ?? exitCode.failed, "The file was not accepted.", [
    { field: file.path, message: said(text) ?? `the server answered ${response.status}` },
  ]);
}

function said(text: string): string | null {
  try {
    return Answer.parse(JSON.parse(text)).message;
  } catch {
    return null;
  }
}
