import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Interpreter } from "./python.ts";

const builder = fileURLToPath(new URL("./build.py", import.meta.url));

export interface EnvironmentPlan {
  readonly interpreter: Interpreter;
  /** Text of the pinned requirements: what the environment is named by. */
  readonly requirements: string;
  readonly pipArgs: readonly string[];
}

/** Where the environment is below `environments`: the same packages and interpreter are the same folder, whoever asks. */
export function environmentFolder(environments: string, plan: EnvironmentPlan): string {
  const { path, version } = plan.interpreter;
  const name = JSON.stringify([plan.requirements, version, path, plan.pipArgs]);
  return join(environments, createHash("sha256").update(name).digest("hex"));
}

/** The arguments with which the interpreter builds it, or waits for who does, or finds it ready. It prints pip's lines. */
export const buildArguments = (
  folder: string,
  requirementsFile: string,
  pipArgs: readonly string[],
): string[] => ["-u", builder, folder, requirementsFile, JSON.stringify(pipArgs)];
