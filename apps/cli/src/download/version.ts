import { mkdir, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { DownloadSource, FileEntry } from "@preceptor/domain";
import { z } from "zod";
import type { Flag, Tools } from "../command.ts";
import type { Session } from "../connection/session.ts";
import { plural, size } from "../render/figure.ts";
import { printable } from "../render/printable.ts";
import { progressBar } from "../render/progress.ts";
import { fetchFile } from "./fetch-file.ts";

export const toFlag: Flag = {
  flags: "--to <folder>",
  about: "where its files go; a folder of the name and version unless said",
};
export const ToFolder = z.object({ to: z.string().min(1).optional() });

interface Version {
  readonly from: DownloadSource;
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  readonly files: readonly FileEntry[];
}

/** Every file of a version below one folder. Run again, it goes on with what is missing. */
export async function downloadVersion(
  tools: Tools,
  session: Session,
  found: Version,
  to: string | undefined,
): Promise<void> {
  const { from, id, name, version, files } = found;
  const { io } = tools;
  const asked = resolve(io.cwd, to ?? `${name}-${version}`);
  await mkdir(asked, { recursive: true });
  const folder = await realpath(asked);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const progress = progressBar(io, "downloading", sizeBytes);
  const counts = { fetched: 0, there: 0 };
  const fetching = {
    io,
    session,
    root: folder,
    onBytes: progress.add,
    ask: (path: string) => session.api.download.link.mutate({ from, id, path }),
  };
  for (const { path, sha256, sizeBytes: bytes } of files)
    counts[await fetchFile(fetching, { path, sha256, sizeBytes: bytes })] += 1;
  progress.end();
  const there = counts.there === 0 ? "" : `, ${plural(counts.there, "file")} there already`;
  tools.answer(
    { name, version, digest: found.digest, folder, sizeBytes, ...counts },
    `${name}@${version}  ${found.digest}\n${plural(counts.fetched, "file")} downloaded${there}, ${size(sizeBytes)} in ${printable(folder)}; every digest is right.`,
  );
}
