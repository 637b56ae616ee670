import { rm } from "node:fs/promises";
import type { Observation } from "../provider.ts";
import { readClaim, type Claim } from "./claim.ts";
import { exists } from "./exists.ts";
import type { AttemptLayout } from "./layout.ts";
import { endMembers } from "./members.ts";
import { isAlive, startedBeforeThisBoot } from "./processes.ts";
import { firstState, readState, writeState, type AttemptState, type Ending } from "./state.ts";

/** A supervisor writes every second; one that is alive and silent this long is stuck, which is not a failure. */
const silentMs = 60_000;

export async function observeAttempt(layout: AttemptLayout, now: Date): Promise<Observation> {
  const claim = await readClaim(layout);
  if (!claim) return { kind: "gone" };
  const state = await readState(layout);
  if (state?.ending) return inOurWords(state, now);
  if (claim.supervisor && isAlive(claim.supervisor)) return inOurWords(state ?? firstState, now);
  // It may have written its last word and left between the two looks.
  const last = await readState(layout);
  if (last?.ending) return inOurWords(last, now);
  return inOurWords(await closeOrphan(layout, claim, last ?? firstState), now);
}

/** The supervisor is gone without a last word: nothing of its attempt may go on, and somebody has to write that word. */
async function closeOrphan(
  layout: AttemptLayout,
  claim: Claim,
  last: AttemptState,
): Promise<AttemptState> {
  const { root } = layout;
  const ended = await endMembers(
    { root, groups: last.groups, forked: layout.forked, supervisor: claim.supervisor },
    0,
  );
  if (!ended) return { ...last, heartbeatMs: 0 };
  const state: AttemptState = {
    ...last,
    phase: "ended",
    ending: await orphanEnding(layout, claim),
    usage: null,
    processes: last.processes.map((process) => ({ ...process, state: "exited" })),
  };
  await writeState(layout, state);
  await rm(layout.runningMark, { force: true });
  return state;
}

async function orphanEnding(layout: AttemptLayout, claim: Claim): Promise<Ending> {
  if (await exists(layout.cancelFile)) return { kind: "cancelled" };
  if (claim.supervisor && startedBeforeThisBoot(claim.supervisor))
    return { kind: "preempted", message: "the machine was restarted" };
  return { kind: "failed", cause: "killed-by-signal", message: "the supervisor ended" };
}

function inOurWords(state: AttemptState, now: Date): Observation {
  const { ending, processes } = state;
  if (ending) {
    if (ending.kind === "succeeded") return { kind: "succeeded", processes };
    return ending.kind === "failed" ? { ...ending, processes } : ending;
  }
  if (state.heartbeatMs > 0 && now.getTime() - state.heartbeatMs > silentMs)
    return {
      kind: "unknown",
      message: "the supervisor is alive but has said nothing for a minute",
    };
  return state.phase === "running"
    ? { kind: "running", processes, usage: state.usage }
    : { kind: "preparing", message: state.message, progress: state.progress };
}
