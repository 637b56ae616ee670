import { access, constants, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** The file a program's name stands for: inside the code folder when it has a slash, on the PATH otherwise; null when there is none. */
export async function findProgram(
  name: string,
  codeFolder: string,
  path: string,
): Promise<string | null> {
  const candidates = isAbsolute(name)
    ? [name]
    : name.includes("/")
      ? [resolve(codeFolder, name)]
      : path
          .split(delimiter)
          .filter(isAbsolute)
          .map((folder) => join(folder, name));
  for (const candidate of candidates) if (await isProgram(candidate)) return candidate;
  return null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
