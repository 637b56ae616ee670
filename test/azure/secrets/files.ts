import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Said } from "./find.ts";

/** Every file below a folder that is there, whatever it holds. */
export async function everyFile(folder: string, what: string): Promise<Said[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map(async (path) => ({
      where: `${what} ${relative(folder, path)}`,
      text: await readFile(path, "latin1"),
    })),
  );
}
