import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { ServingSpec } from "../provider.ts";
import type { DeploymentFolder } from "./folder.ts";

/**
 *   preparing ──► launched ──► (healthy | unhealthy, as its health check says)
 *       │            │
 *       ├──► failed ◄┘
 *       └──► stopped ◄── any
 */
export type LocalState =
  | { readonly phase: "preparing"; readonly message: string }
  | {
      readonly phase: "launched";
      readonly port: number;
      readonly token: string;
      readonly launchedAtMs: number;
      readonly wasHealthy: boolean;
    }
  | { readonly phase: "failed"; readonly message: string }
  | { readonly phase: "stopped" };

/** null when this machine knows nothing of the deployment. */
export const readState = (folder: DeploymentFolder): Promise<LocalState | null> =>
  readJson<LocalState>(folder.state);
export const readSpec = (folder: DeploymentFolder): Promise<ServingSpec | null> =>
  readJson<ServingSpec>(folder.spec);
export const writeState = (folder: DeploymentFolder, state: LocalState): Promise<void> =>
  writeJson(folder.state, state);
export const writeSpec = (folder: DeploymentFolder, spec: ServingSpec): Promise<void> =>
  writeJson(folder.spec, spec);

/** Only ever files this adapter wrote whole, so their shape is ours. */
async function readJson<Value>(path: string): Promise<Value | null> {
  try {
    const value: Value = JSON.parse(await readFile(path, "utf8"));
    return value;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, JSON.stringify(value), { mode: 0o600 });
  await rename(temporary, path);
}
