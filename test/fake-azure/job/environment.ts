import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findPython, inheritedByPip, prepareEnvironment } from "@preceptor/python-environment";
import { z } from "zod";
import { idOf } from "../arm/reference.ts";
import { placeOf } from "../blob-uri.ts";
import type { World } from "../world.ts";
import { RunFailure } from "./status.ts";

const Build = z.looseObject({ contextUri: z.string(), dockerfilePath: z.string() });

/** Builds what the environment's Dockerfile installs, or finds it built; the folder to put first in PATH comes back. */
export async function buildEnvironment(
  world: World,
  reference: string,
  options: { readonly onLine: (line: string) => void; readonly signal: AbortSignal },
): Promise<string> {
  const { build } = world.state.environments.get(idOf(reference))?.properties ?? {};
  options.onLine("The image stands for this machine's own Python");
  const { python, pipArgs, environments } = world.options;
  const packages = build === undefined ? [] : await packagesOf(world, Build.parse(build));
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

/** No Docker here: of a Dockerfile only the requirements it installs count, and it has to install them as this fake does. */
async function packagesOf(
  world: World,
  { contextUri, dockerfilePath }: z.infer<typeof Build>,
): Promise<string[]> {
  const folder = join(world.folder, "contexts", randomUUID());
  try {
    await world.blobs.download(placeOf(world, contextUri), folder);
    const dockerfile = await readFile(join(folder, dockerfilePath), "utf8");
    if (!/\bpip\b/.test(dockerfile)) return [];
    // A job's image copies its requirements alone, a server's image its whole context, and says its command as a list.
    const [, name] =
      /^COPY (requirements\.txt) [^]* pip install --no-deps /m.exec(dockerfile) ??
      /^RUN \[.*"pip","install",.*"-r","(requirements\.txt)"\]$/m.exec(dockerfile) ??
      [];
    if (name === undefined)
      throw new RunFailure(
        "ImageBuildFailure",
        "This fake builds Dockerfiles only that install a requirements.txt as ours do.",
      );
    return linesOf(await readFile(join(folder, name), "utf8"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
  const path = await interpreterOf(options.python);
  const bin = join(folder, "bare-python");
  await mkdir(bin, { recursive: true });
  await symlink(path, join(bin, "python")).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return bin;
}

const interpreters = new Map<string, Promise<string>>();
/** Asked for once: a suite has hundreds of jobs, and the machine's interpreter stays where it is. */
function interpreterOf(python: string): Promise<string> {
  const known =
    interpreters.get(python) ??
    findPython(python, inheritedByPip(process.env)).then(({ path }) => path);
  interpreters.set(python, known);
  return known;
}
