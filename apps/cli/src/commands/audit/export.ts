import { rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { plural } from "../../render/figure.ts";

export const auditExport = defineCommand({
  usage: "export <file>",
  about: "save the whole audit log with its signatures, for `preceptor verify`",
  args: z.tuple([z.string()]),
  flags: [{ flags: "--force", about: "replace the file if it is there" }],
  options: z.object({ force: z.boolean().default(false) }),
  async run({ io, session, answer }, [path], { force }) {
    const target = resolve(io.cwd, path);
    if (existsSync(target) && !force)
      throw new CliError(exitCode.invalid, "The file is not written.", [
        {
          field: "<file>",
          message: `${path} is there already; choose another name or use --force`,
        },
      ]);
    const { api } = await session();
    const bundle = await api.audit.bundle.query();
    await save(target, path, `${JSON.stringify(bundle)}\n`);
    answer(
      { file: target, entries: bundle.entries.length, decisions: bundle.decisions?.length ?? 0 },
      `${plural(bundle.entries.length, "entry", "entries")} saved. Check them with: preceptor verify ${basename(path)}`,
    );
  },
});

/** Whole or not at all: half an export must not lie about. */
async function save(target: string, shown: string, text: string): Promise<void> {
  const beside = `${target}.${process.pid}.part`;
  try {
    await writeFile(beside, text, { flag: "wx" });
    await rename(beside, target);
  } catch {
    await rm(beside, { force: true });
    throw new CliError(
      exitCode.failed,
      `${shown} cannot be written. Check the folder and the disk.`,
    );
  }
}
