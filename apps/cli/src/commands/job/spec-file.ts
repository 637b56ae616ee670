import { basename, dirname, resolve } from "node:path";
import { faultsOf, JobSpec } from "@preceptor/domain";
import { z } from "zod";
import type { Flag, Tools } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError, failureOf } from "../../failure.ts";
import { sha256Of } from "../../folder/hash.ts";
import type { FoundFile } from "../../folder/scan.ts";
import { findCode, type FoundCode } from "../../own-code/find.ts";
import { LocalCode } from "../../own-code/local-code.ts";
import { printable } from "../../render/printable.ts";
import { progressBar } from "../../render/progress.ts";
import { checkedBy, readPlain, type YamlFile } from "../../yaml/read.ts";

export const specFlags: readonly Flag[] = [
  {
    flags: "--set <field=value>",
    about: "set a field over the file's, e.g. parameters.learning_rate=1e-4",
    repeat: true,
  },
  {
    flags: "--code-root <folder>",
    about: "what code.folder and code.files are relative to (default: the file's folder)",
  },
];
export const SpecOptions = z.object({
  set: z.array(z.string()).optional(),
  codeRoot: z.string().optional(),
});

export interface SpecFile extends YamlFile<JobSpec> {
  /** The job's own code that lies on this disk, by the path the job gives it. */
  readonly local: ReadonlyMap<string, FoundFile>;
}
const unread = "0".repeat(64);
const HasCode = z.looseObject({ code: z.looseObject({}) });

/** A job's file; where its code lies on this disk, the files are found and their digests are filled in. */
export async function readSpec(
  { io, say }: Pick<Tools, "io" | "say">,
  path: string,
  { set, codeRoot }: z.output<typeof SpecOptions>,
): Promise<SpecFile> {
  const name = basename(path);
  const file = await readPlain(io.cwd, path, set);
  const written = HasCode.safeParse(file.value);
  if (!written.success) return { ...checkedBy(JobSpec, file, name), local: new Map() };

  const root = codeRoot === undefined ? dirname(resolve(io.cwd, path)) : resolve(io.cwd, codeRoot);
  const { code: given, ...rest } = written.data;
  const found = await locating(file, codeOf(root, given, rest));
  if (found.skipped.length > 0)
    say(
      `Left out of the code: ${printable(found.skipped.slice(0, 5).join(", "))}${found.skipped.length > 5 ? ", …" : ""}.`,
    );
  const { command, requirements } = found.code;
  const withFiles = (files: FoundCode["files"]) => ({
    ...rest,
    code: {
      command,
      ...(requirements === undefined ? {} : { requirements }),
      files: files.map((one) => ({
        path: one.path,
        sizeBytes: one.sizeBytes,
        sha256: one.sha256 ?? unread,
      })),
    },
  });
  // A fault elsewhere in the file is told before megabytes are read.
  checkedBy(JobSpec, { ...file, value: withFiles(found.files) }, name);
  const files = await hashed(io, found.files);
  const { value } = checkedBy(JobSpec, { ...file, value: withFiles(files) }, name);
  const local = files.flatMap((one) => (one.local ? [[one.path, one.local] as const] : []));
  return { value, locate: file.locate, local: new Map(local) };
}

/** Faults of `code` and of everything else are told together. */
async function codeOf(
  root: string,
  given: object,
  rest: Readonly<Record<string, unknown>>,
): Promise<FoundCode & { readonly code: LocalCode }> {
  const parsed = LocalCode.safeParse(given);
  if (parsed.success) return { ...(await findCode(root, parsed.data)), code: parsed.data };
  const others = JobSpec.safeParse({
    ...rest,
    code: { command: ["-"], files: [{ path: "-", sha256: unread, sizeBytes: 0 }] },
  });
  throw new CliError(exitCode.invalid, "The file is not valid.", [
    ...(others.success ? [] : faultsOf(others.error)),
    ...faultsOf(parsed.error).map(({ field, message }) => ({
      field: field === "" ? "code" : `code.${field}`,
      message,
    })),
  ]);
}

async function hashed(io: Tools["io"], files: FoundCode["files"]): Promise<FoundCode["files"]> {
  const unreadFiles = files.flatMap(({ local }) => (local === null ? [] : [local]));
  const total = unreadFiles.reduce((sum, file) => sum + file.sizeBytes, 0);
  const progress = progressBar(io, "reading code", total);
  const read = [];
  for (const file of files)
    read.push(
      file.local === null
        ? file
        : { ...file, sha256: await sha256Of(io, file.local, progress.add) },
    );
  progress.end();
  return read;
}

/** What the server says of a field, with the line of the file it came from. */
export async function locating<T>(
  file: Pick<YamlFile<unknown>, "locate">,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code, message, fields } = failureOf(error);
    if (fields.length === 0) throw error;
    const ours = fields.map((fault) => ({ ...fault, field: fault.field.replace(/^spec\./, "") }));
    throw new CliError(code, message, file.locate(ours));
  }
}
