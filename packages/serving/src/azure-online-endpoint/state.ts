import { orNull } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import { z } from "zod";
import type { Place } from "./place.ts";
import { statePath } from "./names.ts";

/*
 *   preparing ──► created ──► stopping ──► stopped
 *       └────────────┴──► failing ──► failed        failing: until Azure has it no more
 */
const State = z.object({
  deploymentId: z.string(),
  purpose: z.string(),
  modelDigest: z.string(),
  endpoint: z.string(),
  phase: z.enum(["preparing", "created", "stopping", "stopped", "failing", "failed"]),
  message: z.string().nullable(),
  /** Path and query of the operation that creates it: only there Azure says why it failed. */
  operation: z.string().nullable().default(null),
});
/** What Azure's own resources cannot say: kept beside the models, without links, tokens or text. */
export type State = z.infer<typeof State>;
export interface StateNow {
  readonly state: State;
  readonly etag: string;
}

export async function readState(
  { container }: Place,
  deploymentId: string,
): Promise<StateNow | null> {
  const blob = container.getBlockBlobClient(statePath(deploymentId));
  const found = await orNull(blob.download());
  if (found === null) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of found.readableStreamBody ?? [])
    chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
  const state = State.parse(JSON.parse(Buffer.concat(chunks).toString()));
  return { state, etag: found.etag ?? "" };
}

/** Written only over what was read (`before`), or where nothing was: two workers cannot overwrite each other. */
export async function writeState(
  { container }: Place,
  before: StateNow | null,
  state: State,
): Promise<StateNow> {
  const text = JSON.stringify(state);
  const conditions = before === null ? { ifNoneMatch: "*" } : { ifMatch: before.etag };
  const { etag } = await container
    .getBlockBlobClient(statePath(state.deploymentId))
    .upload(text, Buffer.byteLength(text), { conditions });
  return { state, etag: etag ?? "" };
}

/** Moves it to a phase, unless it is already stopping, stopped or otherwise further on. */
export async function movePhase(
  place: Place,
  deploymentId: string,
  phase: State["phase"],
  said: Partial<Pick<State, "message" | "operation">> = {},
): Promise<void> {
  for (let tried = 0; tried < 5; tried += 1) {
    const before = await readState(place, deploymentId);
    if (before === null || !may(before.state.phase, phase)) return;
    try {
      await writeState(place, before, { ...before.state, phase, message: null, ...said });
      return;
    } catch (error) {
      if (!isOvertaken(error)) throw error;
    }
  }
  throw new DomainError("unavailable", "The record of this deployment is being written too often.");
}

type Phase = State["phase"];
const next: Readonly<Record<Phase, readonly Phase[]>> = {
  preparing: ["preparing", "created", "failing", "stopping"],
  created: ["failing", "stopping", "preparing"],
  failing: ["failed", "stopping"],
  stopping: ["stopped"],
  stopped: [],
  failed: ["preparing", "stopping"],
};
const may = (from: Phase, to: Phase): boolean => next[from].includes(to);

export const isOvertaken = (error: unknown): boolean =>
  error instanceof Error &&
  "statusCode" in error &&
  (error.statusCode === 409 || error.statusCode === 412);
