import { lstat, readdir, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isSafePath } from "@preceptor/domain";
import { exitCode } from "../exit-code.ts";
import { CliError, type Fault } from "../failure.ts";
import { count } from "../render/figure.ts";

export interface FoundFile {
  readonly absolute: string;
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
}
export interface FoundFolder {
  readonly files: readonly FoundFile[];
  /** Names beginning with a dot, and what was to be left out: told, never sent. */
  readonly skipped: readonly string[];
}
interface Taking {
  /** More of the same kind as names beginning with a dot. */
  readonly leftOut?: (name: string) => boolean;
  /** With more files than this the folder is refused at once, not read to its end. */
  readonly mostFiles?: number;
}

/** Every file of a folder in path order. Links and anything that is no plain file are refused: nothing outside is ever read. */
export async function scanFolder(
  cwd: string,
  folder: string,
  { leftOut = () => false, mostFiles = Infinity }: Taking = {},
): Promise<FoundFolder> {
  const root = await realpath(resolve(cwd, folder)).catch(() => null);
  if (root === null || !(await lstat(root)).isDirectory())
    throw new CliError(exitCode.invalid, `There is no folder ${folder}.`);
  const files: FoundFile[] = [];
  const skipped: string[] = [];
  const faults: Fault[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      const absolute = join(root, path);
      if (entry.name.startsWith(".") || leftOut(entry.name)) skipped.push(path);
      else if (entry.isSymbolicLink())
        faults.push({ field: path, message: "is a link; copy the file itself into the folder" });
      else if (!isSafePath(path))
        faults.push({ field: path, message: "has a name that cannot be used everywhere" });
      else if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) {
        files.push({ absolute, path, sizeBytes: (await lstat(absolute)).size });
        if (files.length > mostFiles)
          throw new CliError(
            exitCode.invalid,
            `${folder} has more than ${count(mostFiles)} files. Is it the right folder?`,
          );
      } else faults.push({ field: path, message: "is not a plain file" });
    }
  };
  await walk("");
  if (faults.length > 0)
    throw new CliError(
      exitCode.invalid,
      "The folder cannot be taken as it is.",
      faults.slice(0, 20),
    );
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped };
}
