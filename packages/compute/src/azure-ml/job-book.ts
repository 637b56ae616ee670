import { faultOf } from "@preceptor/azure";
import { listJobs } from "./list-jobs.ts";
import { isEnd } from "./status.ts";
import type { Place } from "./place.ts";
import { JobResource } from "./wire.ts";
import { seenJob, type SeenJob } from "./seen-job.ts";

export type Look =
  | { readonly kind: "job"; readonly job: SeenJob; readonly seenAtMs: number }
  /** Asked for by its name, Azure does not have it. */
  | { readonly kind: "missing" }
  /** `everybody`: none of the target's jobs can be asked for, as far as is known. */
  | { readonly kind: "unreachable"; readonly message: string; readonly everybody: boolean };

/** What is known of this target's jobs, from few reads; shared by all who look at the same time. */
export interface JobBook {
  look(names: readonly string[]): Promise<ReadonlyMap<string, Look>>;
  /** Asks for this one alone, now, past everything remembered. */
  ask(name: string): Promise<Look>;
  /** The same for many who wish so at a time: while lists fail, a few a second are asked for. */
  alone(name: string): Promise<Look>;
  /** This one alone, from what was seen at most so long ago, and else by asking for it: without a list of all. */
  lately(name: string, withinMs: number): Promise<Look>;
  /** Something was asked of it: what was seen before no longer counts. */
  touched(name: string): void;
  /** Seen, or asked something of, by this process. */
  readonly knew: (name: string) => boolean;
}

const freshMs = 2000;
/** Azure allows 25 reads a second: within one list, and with the pause before the next. What remains is for all other reads. */
const pagesPerSecond = { paged: 20, onAverage: 16 } as const;
const alonePerSecond = 5;
/** Older than this, or than three lists take, what was seen is no answer. */
const staleMs = 30_000;
/** Who has not been asked about for this long is not paged for. */
const interestMs = 60_000;
const endedKept = 20_000;

export function makeJobBook(place: Place): JobBook {
  const { nowMs, client } = place;
  const active = new Map<string, { job: SeenJob; atMs: number }>();
  const ended = new Map<string, SeenJob>();
  const wanted = new Map<string, number>();
  const touchedAt = new Map<string, number>();
  const asking = new Map<string, Promise<Look>>();
  let list: { atMs: number; goodForMs: number; trouble: string | null } | null = null;
  let listing: Promise<void> | null = null;

  const keep = (job: SeenJob, atMs: number): void => {
    if (ended.has(job.name)) return;
    const seen = active.get(job.name);
    if (seen && seen.atMs > atMs) return;
    if (!isEnd(job.status)) return void active.set(job.name, { job, atMs });
    active.delete(job.name);
    wanted.delete(job.name);
    touchedAt.delete(job.name);
    ended.set(job.name, job);
    for (const name of ended.keys()) {
      if (ended.size <= endedKept) break;
      ended.delete(name);
    }
  };

  const refresh = async (): Promise<void> => {
    const startedMs = nowMs();
    const forget = startedMs - interestMs;
    for (const [name, atMs] of wanted) if (atMs < forget) wanted.delete(name);
    try {
      const missing = new Set(wanted.keys());
      const pages = await listJobs(place, {
        pagesPerSecond: pagesPerSecond.paged,
        onPage(jobs, askedAtMs) {
          for (const job of jobs) {
            missing.delete(job.name);
            // A list may lag behind what was asked of a job since.
            if ((touchedAt.get(job.name) ?? 0) < askedAtMs) keep(job, askedAtMs);
          }
          return { somebodyIsMissing: missing.size > 0 };
        },
      });
      // The more pages there are, the longer they have to do: the budget stays the same for any number of jobs.
      const goodForMs = Math.max(freshMs, (pages * 1000) / pagesPerSecond.onAverage);
      list = { atMs: startedMs, goodForMs, trouble: null };
    } catch (error) {
      const { kind, message } = faultOf(error);
      place.log.warn({ fault: kind }, "the target's jobs could not be listed");
      list = { atMs: startedMs, goodForMs: freshMs, trouble: message };
    }
  };
  const refreshed = (): Promise<void> =>
    (listing ??= refresh().finally(() => {
      listing = null;
    }));

  const answer = (name: string): Look | null => {
    const over = ended.get(name);
    if (over) return { kind: "job", job: over, seenAtMs: nowMs() };
    const seen = active.get(name);
    if (!seen || seen.atMs < (touchedAt.get(name) ?? 0)) return null;
    const isStale = nowMs() - seen.atMs > Math.max(staleMs, 3 * (list?.goodForMs ?? 0));
    return isStale ? null : { kind: "job", job: seen.job, seenAtMs: seen.atMs };
  };

  const ask = (name: string): Promise<Look> => {
    const going = asking.get(name);
    if (going) return going;
    const asked = askAlone(name).finally(() => asking.delete(name));
    asking.set(name, asked);
    return asked;
  };
  const askAlone = async (name: string): Promise<Look> => {
    const atMs = nowMs();
    try {
      const found = await client.send({
        method: "GET",
        path: `/jobs/${name}`,
        schema: JobResource,
      });
      const job = seenJob(found);
      keep(job, atMs);
      return { kind: "job", job: ended.get(name) ?? job, seenAtMs: atMs };
    } catch (error) {
      const fault = faultOf(error);
      return fault.kind === "not-found"
        ? { kind: "missing" }
        : { kind: "unreachable", message: fault.message, everybody: list?.trouble !== null };
    }
  };

  let askedAlone: number[] = [];
  const alone = (name: string): Promise<Look> => {
    const message = list?.trouble ?? null;
    if (message === null) return ask(name);
    askedAlone = askedAlone.filter((atMs) => nowMs() - atMs < 1000);
    if (askedAlone.length >= alonePerSecond)
      return Promise.resolve({ kind: "unreachable", message, everybody: true });
    askedAlone.push(nowMs());
    return ask(name);
  };

  return {
    ask,
    alone,
    async lately(name, withinMs) {
      const known = answer(name);
      const isRecent = known?.kind === "job" && nowMs() - known.seenAtMs <= withinMs;
      return isRecent ? known : ask(name);
    },
    touched: (name) => void touchedAt.set(name, nowMs()),
    knew: (name) => ended.has(name) || active.has(name) || touchedAt.has(name),
    async look(names) {
      const now = nowMs();
      const open = names.filter((name) => !ended.has(name));
      for (const name of open) wanted.set(name, now);
      if (open.length > 0 && (list === null || now - list.atMs >= list.goodForMs)) {
        // A name never seen waits for the list; the others are answered from what is there, or asked for alone.
        const waiting = refreshed();
        if (open.some((name) => answer(name) === null && !touchedAt.has(name))) await waiting;
      }
      const looks = new Map<string, Look>();
      for (const name of new Set(names)) {
        const known = answer(name);
        const trouble = list?.trouble ?? null;
        // While lists fail, asking for each alone would only make it worse.
        const asks = known === null && (trouble === null || (touchedAt.get(name) ?? 0) > 0);
        looks.set(
          name,
          known ??
            (asks
              ? await ask(name)
              : { kind: "unreachable", message: trouble ?? "", everybody: true }),
        );
      }
      return looks;
    },
  };
}
