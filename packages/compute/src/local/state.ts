import { readFile, rename, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import type { AttemptProcess } from "@preceptor/domain";
import type { FailureCause, Usage } from "../provider.ts";
import type { AttemptLayout } from "./layout.ts";
import type { ProcessIdentity } from "./processes.ts";

/** How an attempt ended; once written it does not change. */
export type Ending =
  | { readonly kind: "succeeded" }
  | { readonly kind: "failed"; readonly cause: FailureCause; readonly message: string }
  | { readonly kind: "preempted"; readonly message: string }
  | { readonly kind: "cancelled" };

/** What the supervisor last wrote. */
export interface AttemptState {
  readonly phase: "preparing" | "running" | "ended";
  readonly message: string;
  /** 0 to 1, or null where it cannot be known. */
  readonly progress: number | null;
  readonly ending: Ending | null;
  readonly processes: readonly AttemptProcess[];
  /** Leaders of the process groups started so far. */
  readonly groups: readonly ProcessIdentity[];
  readonly usage: Usage | null;
  /** Bytes each log did not keep. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly heartbeatMs: number;
}

export const firstState: AttemptState = {
  phase: "preparing",
  message: "starting",
  progress: null,
  ending: null,
  processes: [],
  groups: [],
  usage: null,
  dropped: {},
  heartbeatMs: 0,
};

export async function readState(layout: AttemptLayout): Promise<AttemptState | null> {
  return readJson<AttemptState>(layout.stateFile);
}

/** A reader sees the old state or the new one, never half of one. */
export async function writeState(layout: AttemptLayout, state: AttemptState): Promise<void> {
  await writeWhole(layout.stateFile, JSON.stringify(state));
}

export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}

/** Null when there is no such file, or when a power cut left it without its content. */
export async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
