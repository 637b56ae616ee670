import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { askLink, bareLink } from "@preceptor/domain";
import type { ServedFile, ServingSpec } from "../provider.ts";
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
      /** Of the bearer it was started with: that one is derived, and never written down. */
      readonly tokenDigest: string;
      readonly launchedAtMs: number;
      readonly wasHealthy: boolean;
    }
  | { readonly phase: "failed"; readonly message: string }
  | { readonly phase: "stopped" };

export const digestOfToken = (token: string): string =>
  createHash("sha256").update(token).digest("hex");
/** Whether it wants the bearer that callers have; not after the serving key was changed, nor when it is of the time of random ones. */
export const wantsToken = (state: LocalState, token: string): boolean =>
  state.phase !== "launched" || state.tokenDigest === digestOfToken(token);

/** null when this machine knows nothing of the deployment. */
export const readState = (folder: DeploymentFolder): Promise<LocalState | null> =>
  readJson<LocalState>(folder.state);
export const readSpec = (folder: DeploymentFolder): Promise<ServingSpec | null> =>
  readJson<ServingSpec>(folder.spec);
export const writeState = (folder: DeploymentFolder, state: LocalState): Promise<void> =>
  writeJson(folder.state, state);
/** A link's query may be its signature: it never touches the disk. What is asked for only to be kept lives for a second. */
export const writeSpec = async (folder: DeploymentFolder, spec: ServingSpec): Promise<void> => {
  const bare = (files: readonly ServedFile[]): Promise<ServedFile[]> =>
    Promise.all(
      files.map(async (file) => ({ ...file, link: bareLink(await askLink(file.link, 1000)) })),
    );
  const { files, runtime } = spec;
  const code = await bare(runtime.code);
  const kept = { ...spec, files: await bare(files), runtime: { ...runtime, code } };
  return writeJson(folder.spec, kept);
};
/** Whether what was kept is enough to prepare from: links that were signed are not. */
export const isWhole = ({ files, runtime }: ServingSpec): boolean =>
  [...files, ...runtime.code].every(({ link }) => bareLink(link).startsWith("file:"));

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
