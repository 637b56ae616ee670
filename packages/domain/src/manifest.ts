import { z } from "zod";
import { Sha256 } from "./id.ts";

/** A relative path with forward slashes that stays inside its folder: no `..`, no absolute path, no drive, no control characters. */
export const SafePath = z
  .string()
  .min(1)
  .max(512)
  .refine(
    (path) => isSafePath(path),
    "a path must stay inside its folder: no '..', no leading '/', no backslash, no empty part",
  );

export function isSafePath(path: string): boolean {
  if (path.includes("\\") || path.includes("\0") || path.startsWith("/") || /^[A-Za-z]:/.test(path))
    return false;
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (/[\u0000-\u001f\u007f]/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** The first of these paths that cannot lie beside the ones before it: named twice, or a file where another needs a folder. */
export function pathClash(
  paths: readonly string[],
): { readonly index: number; readonly message: string } | null {
  const files = new Set<string>();
  const folders = new Map<string, string>();
  for (const [index, path] of paths.entries()) {
    const clash = (message: string) => ({ index, message });
    if (files.has(path)) return clash(`The path ${path} is named twice.`);
    const inside = folders.get(path);
    if (inside !== undefined) return clash(`${path} is a file here and the folder of ${inside}.`);
    for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at);
      if (files.has(folder)) return clash(`${folder} is a file and the folder of ${path}.`);
      folders.set(folder, path);
    }
    files.add(path);
  }
  return null;
}

export const FileEntry = z.strictObject({
  path: SafePath,
  sha256: Sha256,
  sizeBytes: z.number().int().nonnegative(),
});
export type FileEntry = z.infer<typeof FileEntry>;

/** Files in path order; its digest is the sha256 of its canonical JSON. */
export const Manifest = z.array(FileEntry).min(1).max(100_000);
export type Manifest = readonly FileEntry[];

/** The exact text a manifest's root digest is computed over: one `sha256  size  path` line a file, in code-unit order of path. */
export const manifestText = (files: Manifest): string =>
  [...files]
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .map((f) => `${f.sha256}  ${f.sizeBytes}  ${f.path}\n`)
    .join("");
