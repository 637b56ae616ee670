import { readdir, readFile } from "node:fs/promises";
import { join, normalize, relative, sep } from "node:path";
import { DomainError, isSafePath } from "@preceptor/domain";
import { parse } from "yaml";
import type { RecipeFile } from "./register.ts";

export interface RecipeOnDisk {
  readonly definition: unknown;
  readonly files: readonly RecipeFile[];
}

const notCode = /(^|\/)(__pycache__|\.[^/]*|tests)(\/|$)|\.pyc$/;

/** Reads every `<root>/<folder>/recipe.yaml` with the files it needs; paths are relative to `root`, which becomes a job's working folder. */
export async function readRecipeFolders(root: string): Promise<RecipeOnDisk[]> {
  const folders = (await readdir(root, { withFileTypes: true })).filter(
    (entry) => entry.isDirectory() && isSafePath(entry.name),
  );
  const found = await Promise.all(folders.map((folder) => readRecipe(root, folder.name)));
  return found.filter((recipe) => recipe !== null);
}

async function readRecipe(root: string, folder: string): Promise<RecipeOnDisk | null> {
  const text = await readFile(join(root, folder, "recipe.yaml"), "utf8").catch(() => null);
  if (text === null) return null;
  const {
    siblings = [],
    entry,
    requirements,
    preload,
    ...rest
  }: Record<string, unknown> & { siblings?: string[] } = parse(text);
  const inside = (path: unknown) => insideRoot(folder, String(path));
  const needed = {
    entry: inside(entry),
    requirements: inside(requirements ?? "requirements.txt"),
    ...(preload === undefined ? {} : { preload: inside(preload) }),
  };
  const folders = [folder, ...siblings.map(inside)];
  const files = (await Promise.all(folders.map((each) => filesBelow(root, each)))).flat();
  for (const path of [needed.requirements, needed.preload])
    if (path !== undefined && !files.some((file) => file.path === path))
      files.push({ path, content: await readFile(join(root, path)) });
  return { definition: { ...rest, ...needed }, files };
}

function insideRoot(folder: string, path: string): string {
  const inside = normalize(join(folder, path)).split(sep).join("/");
  if (!isSafePath(inside))
    throw new DomainError(
      "invalid",
      `Recipe ${folder} names ${path}, which lies outside the recipes folder.`,
      { field: "entry" },
    );
  return inside;
}

async function filesBelow(root: string, folder: string): Promise<RecipeFile[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
  return Promise.all(
    paths
      .filter((path) => !notCode.test(path))
      .sort()
      .map(async (path) => ({ path, content: await readFile(join(root, path)) })),
  );
}
