import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { prepareEnvironment, inheritedByPip } from "@preceptor/python-environment";
import { z } from "zod";
import { idOf } from "../arm/reference.ts";
import { placeOf } from "../blob-uri.ts";
import { buildEnvironment } from "../job/environment.ts";
import { RunFailure } from "../job/status.ts";
import type { World } from "../world.ts";

export interface BuiltImage {
  /** Stands for the image's working directory. */
  readonly code: string;
  /** Folder to put first in PATH. */
  readonly bin: string;
  /** The program the entry point gives to the interpreter, and its arguments. */
  readonly argv: readonly string[];
}

const Build = z.object({ contextUri: z.string(), dockerfilePath: z.string().nullish() });
const Words = z.array(z.string()).min(1);

/**
 * Reads a Dockerfile as far as a Python server needs it: `COPY . <workdir>`, pip with a requirements file, and an entry point
 * in its exec form. Null when the environment is not built from a context.
 */
export async function buildFromContext(
  world: World,
  reference: string,
  folder: string,
  signal: AbortSignal,
): Promise<BuiltImage | null> {
  const asset = world.state.environments.get(idOf(reference));
  const build = Build.safeParse(asset?.properties["build"]);
  if (!build.success) return null;
  await world.blobs.download(placeOf(world, build.data.contextUri), folder);
  const file = join(folder, build.data.dockerfilePath ?? "Dockerfile");
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n");
  const workdir = argument(lines, "WORKDIR") ?? "/";
  const entry = words(argument(lines, "ENTRYPOINT"));
  const [interpreter = "", ...argv] = entry ?? [];
  if (entry === null || !/^python3?$/.test(interpreter))
    throw new RunFailure("ImageBuildFailure", "This fake runs images whose entry point is Python.");
  return {
    code: folder,
    bin: await binFor(world, reference, lines, folder, signal),
    argv: argv.map((word) =>
      word.startsWith(`${workdir}/`) ? join(folder, relative(workdir, word)) : word,
    ),
  };
}

async function binFor(
  world: World,
  reference: string,
  lines: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const run = words(argument(lines, "RUN"));
  const requirements = run?.[run.indexOf("-r") + 1];
  const onLine = (): void => {};
  if (run === null || requirements === undefined || !run.includes("-r"))
    return buildEnvironment(world, reference, { onLine, signal });
  const { environments, python, pipArgs } = world.options;
  const interpreter = await prepareEnvironment({
    environments,
    requirementsFile: join(folder, requirements),
    python,
    pipArgs,
    environment: inheritedByPip(process.env),
    onLine,
    signal,
  });
  return join(interpreter, "..");
}

const argument = (lines: readonly string[], instruction: string): string | undefined =>
  lines
    .find((line) => line.startsWith(`${instruction} `))
    ?.slice(instruction.length + 1)
    .trim();

function words(text: string | undefined): string[] | null {
  if (text === undefined || !text.startsWith("[")) return null;
  return Words.parse(JSON.parse(text));
}
