import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { checkout, importsOf } from "../architecture/source.ts";

const run = promisify(execFile);
// A busy machine takes seconds to read and strip the hundreds of files of a program.
const patientMs = 120_000;

test.each(["api", "worker"])(
  "what %s imports at its start loads no SDK of a cloud",
  async (program) => {
    const folder = join(checkout, "apps", program, "src");
    const main = await readFile(join(folder, "main.ts"), "utf8");
    const imports = importsOf(main).filter(({ typeOnly }) => !typeOnly);
    const specifiers = imports.map(({ specifier }) => specifier);
    expect(specifiers.length).toBeGreaterThan(10);
    expect(await sdkFilesOf(folder, specifiers)).toEqual([]);
  },
  patientMs,
);

test(
  "and it would be seen",
  async () => {
    const folder = join(checkout, "apps", "api", "src");
    expect(await sdkFilesOf(folder, ["@preceptor/azure"])).not.toEqual([]);
  },
  patientMs,
);

/** Which modules of the SDK a process resolves that imports these from a folder. */
async function sdkFilesOf(folder: string, specifiers: readonly string[]): Promise<unknown> {
  const source = `
    import { registerHooks } from "node:module";
    const found = new Set();
    registerHooks({
      resolve(specifier, context, next) {
        const resolved = next(specifier, context);
        if (resolved.url.includes("/node_modules/@azure/")) found.add(specifier);
        return resolved;
      },
    });
    for (const specifier of ${JSON.stringify(specifiers)}) await import(specifier);
    process.stdout.write(JSON.stringify([...found]), () => process.exit());`;
  const args = ["--input-type=module", "--eval", source];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  return JSON.parse(stdout);
}
