import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { isSafePath } from "@preceptor/domain";
import { exitCode } from "../exit-code.ts";
import { CliError, failureOf, type Fault } from "../failure.ts";
import { scanFolder, type FoundFile } from "../folder/scan.ts";
import { size } from "../render/figure.ts";
import { isLeftover, MOST_BYTES_A_FILE, MOST_FILES, type LocalCode } from "./local-code.ts";

type Entry = NonNullable<LocalCode["files"]>[number];
/** A file as the job names it; `local` where it lies on this disk and is still to be read. */
export interface CodeFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string | null;
  readonly local: FoundFile | null;
}
export interface FoundCode {
  readonly files: readonly CodeFile[];
  readonly skipped: readonly string[];
}

/** The files `code:` means, by name and size; nothing is read yet. Faults carry the field of the file they came out of. */
export async function findCode(root: string, code: LocalCode): Promise<FoundCode> {
  const found =
    code.folder === undefined
      ? await ofList(root, code.files ?? [])
      : await ofFolder(root, code.folder);
  const faults = [...sizeFaults(found, code), ...requirementFaults(found, code)];
  if (faults.length > 0) refuse(faults);
  return found;
}

async function ofFolder(root: string, given: string): Promise<FoundCode> {
  const field = "code.folder";
  const folder = given.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
  if (folder !== "." && folder !== "") await assertInside(root, folder, field);
  try {
    const { files, skipped } = await scanFolder(root, folder === "" ? "." : folder, {
      leftOut: isLeftover,
      mostFiles: MOST_FILES,
    });
    if (files.length === 0) refuse([{ field, message: "has no files" }]);
    return { files: files.map((local) => ({ ...local, sha256: null, local })), skipped };
  } catch (error) {
    const { message, fields } = failureOf(error);
    if (fields.some((fault) => fault.field.startsWith("code."))) throw error;
    refuse(
      fields.length === 0
        ? [{ field, message }]
        : fields.map((fault) => ({ field, message: `${fault.field} ${fault.message}` })),
    );
  }
}

async function ofList(root: string, entries: readonly Entry[]): Promise<FoundCode> {
  const files: CodeFile[] = [];
  for (const [n, entry] of entries.entries()) {
    const field = `code.files.${n}`;
    if (typeof entry !== "string") files.push({ ...entry, local: null });
    else {
      const path = entry.replace(/^(?:\.\/)+/, "");
      const sizeBytes = await assertInside(root, path, field, "file");
      const local = { absolute: join(root, path), path, sizeBytes };
      files.push({ path, sizeBytes, sha256: null, local });
    }
    const { path } = files[n] ?? { path: "" };
    if (files.slice(0, n).some((before) => before.path === path))
      refuse([{ field, message: `${path} is named twice` }]);
  }
  return { files, skipped: [] };
}

/** No part of the path may leave the YAML file's folder, nor lead out of it by a link. Gives the file's size. */
async function assertInside(
  root: string,
  path: string,
  field: string,
  wanted: "file" | "folder" = "folder",
): Promise<number> {
  if (!isSafePath(path))
    refuse([
      {
        field,
        message: `${path} leaves the folder of the file: use a path below it without '..', or name another root with --code-root`,
      },
    ]);
  const parts = path.split("/");
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const at = parts.slice(0, depth).join("/");
    const found = await lstat(join(root, at)).catch(() => null);
    if (found === null) refuse([{ field, message: `there is no ${wanted} ${at}` }]);
    if (found.isSymbolicLink())
      refuse([{ field, message: `${at} is a link; name the ${wanted} itself` }]);
    const last = depth === parts.length;
    if (last && wanted === "file" && !found.isFile())
      refuse([{ field, message: `${at} is not a plain file` }]);
    if (last) return found.size;
  }
  return 0;
}

const fieldOf = (code: LocalCode, n: number): string =>
  code.folder === undefined ? `code.files.${n}` : "code.folder";

const sizeFaults = ({ files }: FoundCode, code: LocalCode): Fault[] =>
  files.flatMap(({ path, sizeBytes }, n) =>
    sizeBytes <= MOST_BYTES_A_FILE
      ? []
      : [
          {
            field: fieldOf(code, n),
            message: `${path} has ${size(sizeBytes)}; a file of own code may have ${size(MOST_BYTES_A_FILE)} at most. Put larger ones in a dataset`,
          },
        ],
  );

const requirementFaults = ({ files }: FoundCode, { requirements }: LocalCode): Fault[] =>
  requirements === undefined || files.some(({ path }) => path === requirements)
    ? []
    : [{ field: "code.requirements", message: `the code has no file ${requirements}` }];

function refuse(faults: readonly Fault[]): never {
  throw new CliError(exitCode.invalid, "The code cannot be taken as it is.", faults.slice(0, 20));
}
