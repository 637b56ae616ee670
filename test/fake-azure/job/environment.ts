import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findPython, inheritedByPip, prepareEnvironment } from "@preceptor/python-environment";
import { parse } from "yaml";
import { z } from "zod";
import { idOf } from "../arm/reference.ts";
import type { World } from "../world.ts";
import { RunFailure } from "./status.ts";

const Conda = z.looseObject({
  dependencies: z.array(z.union([z.string(), z.object({ pip: z.array(z.string()) })])),
});

/** Builds what the environment's conda file asks for, or finds it built; the folder to put first in PATH comes back. */
export async function buildEnvironment(
  world: World,
  reference: string,
  options: { readonly onLine: (line: string) => void; readonly signal: AbortSignal },
): Promise<string> {
  const { condaFile, image } = world.state.environments.get(idOf(reference))?.properties ?? {};
  options.onLine(`Image ${String(image)} stands for this machine's own Python`);
  const { python, pipArgs, environments } = world.options;
  const packages = typeof condaFile === "string" ? pipPackages(condaFile) : [];
  if (packages.length === 0) return await bareFolder(world);
  const requirementsFile = await requirementsFileFor(world, packages);
  const path = await prepareEnvironment({
    environments,
    requirementsFile,
    python,
    pipArgs,
    environment: inheritedByPip(process.env),
    ...options,
  });
  return dirname(path);
}

function pipPackages(condaFile: string): string[] {
  const parsed = Conda.safeParse(parse(condaFile));
  if (!parsed.success)
    throw new RunFailure(
      "ImageBuildFailure",
      "The conda file of the environment has no dependencies.",
    );
  const { dependencies } = parsed.data;
  for (const one of dependencies)
    if (typeof one === "string" && !/^(python|pip)\b/.test(one))
      throw new RunFailure(
        "ImageBuildFailure",
        `This fake builds pip packages only and the conda file asks for ${one}.`,
      );
  return dependencies.flatMap((one) => (typeof one === "string" ? [] : one.pip));
}

/** A checkout's own file where it names the same packages: its text is what the local adapter's environment is named by. */
async function requirementsFileFor(world: World, packages: readonly string[]): Promise<string> {
  for (const file of world.options.requirementsFiles) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (linesOf(text).join("\n") === packages.join("\n")) return file;
  }
  const folder = join(world.folder, "requirements");
  await mkdir(folder, { recursive: true });
  const text = `${packages.join("\n")}\n`;
  const file = join(folder, `${Buffer.from(await digest(text)).toString("hex")}.txt`);
  await writeFile(file, text);
  return file;
}

const digest = (text: string): Promise<ArrayBuffer> =>
  crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");

/** Without packages a run has the machine's interpreter, under the name `python` that images have. */
async function bareFolder({ folder, options }: World): Promise<string> {
  const { path } = await findPython(options.python, inheritedByPip(process.env));
  const bin = join(folder, "bare-python");
  await mkdir(bin, { recursive: true });
  await symlink(path, join(bin, "python")).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return bin;
}
