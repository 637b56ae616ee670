import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { forkArguments } from "@preceptor/python-environment";
import type { SupervisedJob } from "../job.ts";
import { forksFolder, type AttemptLayout } from "../layout.ts";
import { startsPython } from "./node-argv.ts";

/** How a node's program gets its Python. */
export interface PythonStart {
  readonly path: string;
  /** The interpreter and what it is always given. */
  readonly argv: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** The interpreter itself, or, where the code names modules to import ahead, a fork of one that all attempts here share. */
export async function interpreterFor(
  layout: AttemptLayout,
  { spec, workDir }: SupervisedJob,
  python: string,
): Promise<PythonStart> {
  if (spec.preload == null || spec.requirements === null || !startsPython(spec.command))
    return { path: python, argv: [python], variables: {} };
  const argv = [python, ...forkArguments(forksFolder(workDir), join(layout.code, spec.preload))];
  const launcher = join(layout.root, "python");
  // torchrun starts its processes with the one program this variable names.
  await writeFile(launcher, `#!/bin/sh\nexec ${argv.map(quoted).join(" ")} "$@"\n`, {
    mode: 0o700,
  });
  return {
    path: python,
    argv,
    variables: { PRECEPTOR_FORKED_DIR: layout.forked, PYTHON_EXEC: launcher },
  };
}

const quoted = (argument: string): string => `'${argument.replaceAll("'", `'\\''`)}'`;
