import { link, rm, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import type { AttemptLayout } from "./layout.ts";
import type { ProcessIdentity } from "./processes.ts";
import { errorCode, readJson } from "./state.ts";

/** The supervisor an attempt belongs to; `supervisor` is null when it was refused before one was needed. */
export interface Claim {
  readonly supervisor: ProcessIdentity | null;
}

/** True for exactly one caller an attempt, in however many processes: a hard link to a whole file is made or it is not. */
export async function claimAttempt(layout: AttemptLayout, claim: Claim): Promise<boolean> {
  const draft = `${layout.claimFile}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(claim), { mode: 0o600 });
  try {
    await link(draft, layout.claimFile);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

export const readClaim = (layout: AttemptLayout): Promise<Claim | null> =>
  readJson<Claim>(layout.claimFile);
