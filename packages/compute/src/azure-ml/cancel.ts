import { inOurWords, once, orNull } from "@preceptor/azure";
import { DomainError, durationMs } from "@preceptor/domain";
import type { JobBook } from "./job-book.ts";
import type { Place } from "./place.ts";
import type { SeenJob } from "./seen-job.ts";
import { phaseOf } from "./status.ts";
import { Nothing } from "./wire.ts";

/** When each attempt was last asked to stop. */
export type CancelBook = Map<string, number>;
interface Books {
  readonly jobs: JobBook;
  readonly cancels: CancelBook;
}
/** Those who wait for an end ask again and again; Azure is asked this seldom. */
const patienceMs = 5000;

/** Asks Azure to stop it, unless it is over, ending, or was asked a moment ago. */
export async function cancelJob(place: Place, books: Books, attemptId: string): Promise<void> {
  const look = await books.jobs.ask(attemptId);
  if (look.kind === "unreachable") throw new DomainError("unavailable", look.message);
  if (look.kind === "missing") return;
  await sendCancel(place, books, look.job, "once");
}

/** `again`: it was asked before and goes on; only a whole deadline later is it asked once more. */
export async function sendCancel(
  place: Place,
  { jobs, cancels }: Books,
  job: SeenJob,
  mode: "once" | "again",
): Promise<void> {
  const phase = phaseOf(job.status);
  // A cancel is refused while Azure is finishing a job; it ends by itself.
  if (phase === "ended" || phase === "finalizing") return;
  if (phase === "stopping" && mode === "once") return;
  const quietMs =
    mode === "once" ? patienceMs : (durationMs(place.target.deadlines.cancelling) ?? patienceMs);
  const last = cancels.get(job.name);
  if (last !== undefined && place.nowMs() - last < quietMs) return;
  cancels.set(job.name, place.nowMs());
  const path = `/jobs/${job.name}/cancel`;
  try {
    await once(
      () => orNull(place.client.send({ method: "POST", path, schema: Nothing })),
      () => isStopping(jobs, job.name),
    );
  } catch (error) {
    cancels.delete(job.name);
    throw inOurWords(error);
  } finally {
    jobs.touched(job.name);
  }
}

/** An answer of 200 or 202 does not mean that it stopped; an error does not mean that it goes on. The job itself says. */
async function isStopping(jobs: JobBook, name: string): Promise<boolean> {
  const look = await jobs.ask(name);
  if (look.kind === "missing") return true;
  return (
    look.kind === "job" && ["stopping", "finalizing", "ended"].includes(phaseOf(look.job.status))
  );
}
