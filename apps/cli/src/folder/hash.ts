import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { exitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import type { Io } from "../io.ts";
import type { FoundFile } from "./scan.ts";

/** sha256 in hex of a file's bytes. A file that changes while it is read is refused. */
export async function sha256Of(
  io: Io,
  file: FoundFile,
  onBytes: (bytes: number) => void,
): Promise<string> {
  await using handle = await open(file.absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
  const hash = createHash("sha256");
  let read = 0;
  for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
    if (io.stopped.aborted) throw io.stopped.reason;
    const bytes: Buffer = chunk;
    hash.update(bytes);
    read += bytes.byteLength;
    onBytes(bytes.byteLength);
  }
  if (read !== file.sizeBytes)
    throw new CliError(exitCode.failed, "A file changed while it was read.", [
      {
        field: file.path,
        message: "changed while it was read; start again when nothing writes to it",
      },
    ]);
  return hash.digest("hex");
}
