import { faultOf, inOurWords } from "@preceptor/azure";
import type { Observation } from "../provider.ts";
import { sendCancel, type CancelBook } from "./cancel.ts";
import { endingOf, isPreemption } from "./ending.ts";
import type { JobBook, Look } from "./job-book.ts";
import { processesOf } from "./marks.ts";
import type { Place } from "./place.ts";
import { readRefusal } from "./refusal.ts";
import { readRunDetails } from "./run-details.ts";
import type { SeenJob } from "./seen-job.ts";
import { listMarks, markOverdue, wrongInputOf } from "./state-folder.ts";
import { isEnd, phaseOf, type EndStatus, type Phase } from "./status.ts";
import { inWords, silentPatienceMs, tell, watch, type Alarm } from "./watchdog.ts";

/** What this process remembers of attempts. All of it is found again after a restart: since when, by what is noted with the handle. */
export interface Memory {
  readonly jobs: JobBook;
  readonly cancels: CancelBook;
  readonly endings: Map<string, Observation>;
  readonly since: Map<string, { readonly phase: Phase; readonly atMs: number }>;
  readonly missingSince: Map<string, number>;
  readonly endedSince: Map<string, number>;
  /** When run history was last asked why an attempt does not answer. */
  readonly askedWhy: Map<string, number>;
  /** Why an overdue attempt could not be asked to stop, and when that was tried. */
  readonly refused: Map<string, { readonly atMs: number; readonly message: string }>;
}
export type Noted = Readonly<Record<string, string>>;

/** A job Azure had and does not find: its lists and reads may lag for this long. */
const missingMs = 30_000;
/** How long an end waits for its reasons to become readable. */
const reasonsMs = 120_000;
const askWhyMs = 10_000;
const stopAgainMs = 5000;
const endingsKept = 20_000;

export async function observeJob(
  place: Place,
  memory: Memory,
  attemptId: string,
  look: Look,
  noted: Noted,
): Promise<Observation> {
  const known = memory.endings.get(attemptId);
  if (known) return known;
  switch (look.kind) {
    case "unreachable":
      return unreachable(place, look);
    case "missing":
      return missing(place, memory, attemptId, noted);
    case "job":
      memory.missingSince.delete(attemptId);
      return isEnd(look.job.status)
        ? ended(place, memory, look.job, look.job.status)
        : { ...(await going(place, memory, look.job, noted)), seenAtMs: look.seenAtMs };
  }
}

const unreachable = (
  { target }: Pick<Place, "target">,
  { message, everybody }: Look & { kind: "unreachable" },
): Observation =>
  everybody
    ? { kind: "unknown", message: `${message} ${goesOn}`, outage: true }
    : { kind: "unknown", message, patienceMs: silentPatienceMs(target.deadlines) };
const goesOn = "What runs there goes on; nothing is stopped or begun anew until Azure answers.";

/** Two reads that do not find it make it gone; for one that was there before, they lie apart. */
async function missing(
  place: Place,
  memory: Memory,
  attemptId: string,
  noted: Noted,
): Promise<Observation> {
  const refusal = await readRefusal(place, attemptId);
  if (refusal) return remember(memory, attemptId, { kind: "failed", ...refusal, processes: [] });
  const now = place.nowMs();
  const since = memory.missingSince.get(attemptId) ?? now;
  memory.missingSince.set(attemptId, since);
  if (memory.jobs.knew(attemptId) && now - since < missingMs)
    return {
      kind: "unknown",
      message: "Azure does not find the job it had a moment ago.",
      patienceMs: silentPatienceMs(place.target.deadlines),
    };
  const again = await memory.jobs.ask(attemptId);
  if (again.kind === "job") return observeJob(place, memory, attemptId, again, noted);
  return again.kind === "missing" ? { kind: "gone" } : unreachable(place, again);
}

async function going(
  place: Place,
  memory: Memory,
  job: SeenJob,
  noted: Noted,
): Promise<Observation> {
  const phase = phaseOf(job.status);
  const sinceMs = since(place, memory, job, phase, noted);
  const alarm = watch(phase, sinceMs, place.nowMs(), place.target.deadlines);
  const told = alarm.kind === "none" ? null : tell(alarm, await act(place, memory, job, alarm));
  return {
    ...(await said(place, memory, job, { phase, sinceMs, message: told?.message ?? null })),
    note: { phase, since: new Date(sinceMs).toISOString() },
    ...(told?.needsHand ? { overdue: true as const } : {}),
  };
}

/** What the job's word comes to; `message` is what a watchdog has to say to it. */
async function said(
  place: Place,
  memory: Memory,
  job: SeenJob,
  {
    phase,
    sinceMs,
    message,
  }: { readonly phase: Phase; readonly sinceMs: number; readonly message: string | null },
): Promise<Observation> {
  switch (phase) {
    case "preparing":
      return {
        kind: "preparing",
        message: message ?? "Azure is preparing the environment.",
        progress: null,
      };
    case "queued":
      return { kind: "queued", message: message ?? "Waiting for the cluster's machines." };
    case "running":
      return {
        kind: "running",
        processes: processesOf(job.shape, "running", () => null),
        usage: null,
      };
    case "finalizing":
      return message === null ? { kind: "finalizing" } : { kind: "finalizing", message };
    case "stopping":
      return { kind: "finalizing", message: message ?? "Azure is stopping it." };
    case "ended":
    case "unknown":
      if (job.status === "NotResponding") await endIfPreempted(place, memory, job);
      return {
        kind: "unknown",
        sinceMs,
        patienceMs: silentPatienceMs(place.target.deadlines),
        message: waiting(place, job, sinceMs),
      };
  }
}

/** A run whose nodes were taken may wait for somebody to submit it again: it is ended here, and its successor is a new attempt. */
async function endIfPreempted(place: Place, memory: Memory, job: SeenJob): Promise<void> {
  const now = place.nowMs();
  if (now - (memory.askedWhy.get(job.name) ?? 0) < askWhyMs) return;
  memory.askedWhy.set(job.name, now);
  try {
    if (!isPreemption(await readRunDetails(place, job.name), null)) return;
    await sendCancel(place, memory, job, "once");
  } catch (error) {
    place.log.warn(
      { attempt: job.name, fault: faultOf(error).kind },
      "a silent attempt could not be looked into",
    );
  }
}

const waiting = ({ target }: Place, { status }: SeenJob, sinceMs: number): string =>
  `Azure says ${plainWord(status)} since ${new Date(sinceMs).toISOString().slice(0, 16).replace("T", " ")} UTC: it may go on by itself, and is given up after ${inWords(silentPatienceMs(target.deadlines))} of this.`;

/** A word of Azure's that we do not know is shown only when it is one word. */
const plainWord = (status: string): string =>
  /^[A-Za-z]{1,40}$/.test(status) ? status : "something we do not know";

/** As it was noted, by whichever process saw it first; memory serves until that is written down. */
function since(place: Place, memory: Memory, job: SeenJob, phase: Phase, noted: Noted): number {
  const notedMs = noted["phase"] === phase ? Date.parse(noted["since"] ?? "") : Number.NaN;
  if (!Number.isNaN(notedMs)) return notedMs;
  const before = memory.since.get(job.name);
  if (before?.phase === phase) return before.atMs;
  // A job begins by being prepared: when that was, Azure says, also after a restart of ours.
  const atMs =
    phase === "preparing" && before === undefined && noted["phase"] === undefined
      ? Math.min(job.createdAtMs ?? place.nowMs(), place.nowMs())
      : place.nowMs();
  memory.since.set(job.name, { phase, atMs });
  return atMs;
}

/** Asks Azure for what the alarm is for. Why it could not, in our words; null when it could, or when there is nothing to ask. */
async function act(
  place: Place,
  memory: Memory,
  job: SeenJob,
  alarm: Exclude<Alarm, { kind: "none" }>,
): Promise<string | null> {
  if (alarm.kind === "tell") return null;
  const before = memory.refused.get(job.name);
  if (before && place.nowMs() - before.atMs < stopAgainMs) return before.message;
  memory.refused.delete(job.name);
  try {
    if (alarm.kind === "stop") await markOverdue(place, job.name, alarm.why);
    await sendCancel(place, memory, job, alarm.kind === "stop" ? "once" : "again");
    return null;
  } catch (error) {
    const { message } = inOurWords(error);
    memory.refused.set(job.name, { atMs: place.nowMs(), message });
    place.log.warn(
      { attempt: job.name, fault: faultOf(error).kind },
      "an overdue attempt could not be stopped",
    );
    return message;
  }
}

/** Why it ended is read once. Where run history stays silent, what the bootstrap marked has to do. */
async function ended(
  place: Place,
  memory: Memory,
  job: SeenJob,
  status: EndStatus,
): Promise<Observation> {
  const now = place.nowMs();
  const first = memory.endedSince.get(job.name) ?? now;
  memory.endedSince.set(job.name, first);
  const base = { status, shape: job.shape, timeout: job.timeout };
  if (status === "Completed")
    return remember(memory, job.name, endingOf({ ...base, marks: none, details: null }));
  try {
    const marks = await listMarks(place, job.name);
    const details = await readRunDetails(place, job.name).catch((error: unknown) => {
      if (now - first < reasonsMs) throw error;
      return null;
    });
    const wrongInput =
      marks.unavailable === null ? null : await wrongInputOf(place, job.name, marks.unavailable);
    return remember(memory, job.name, endingOf({ ...base, marks, details, wrongInput }));
  } catch (error) {
    return {
      kind: "unknown",
      message: `Azure says ${status}, and its reasons cannot be read yet: ${faultOf(error).message}`,
      sinceMs: first,
      patienceMs: silentPatienceMs(place.target.deadlines),
    };
  }
}
const none = {
  started: true,
  restarted: false,
  unavailable: null,
  ticket: null,
  overQuota: null,
  overdue: null,
  ends: [],
} as const;

function remember(memory: Memory, attemptId: string, ending: Observation): Observation {
  memory.endings.set(attemptId, ending);
  for (const map of [
    memory.since,
    memory.cancels,
    memory.missingSince,
    memory.endedSince,
    memory.askedWhy,
    memory.refused,
  ])
    map.delete(attemptId);
  for (const name of memory.endings.keys()) {
    if (memory.endings.size <= endingsKept) break;
    memory.endings.delete(name);
  }
  return ending;
}
