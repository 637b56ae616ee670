import { setTimeout as pause } from "node:timers/promises";
import { tags } from "./job-body.ts";
import { nextPage } from "./next-page.ts";
import type { Place } from "./place.ts";
import { isEnd } from "./status.ts";
import { seenJob, type SeenJob } from "./seen-job.ts";
import { JobPage, JobResource } from "./wire.ts";

/** Newest first: after this many pages of nothing but ended jobs, whoever is still missing is too far down, and asked for alone. */
const endedPages = 3;

/** Pages our jobs as long as some go on, or somebody is missing; returns how many pages were read. */
export async function listJobs(
  place: Place,
  options: {
    readonly pagesPerSecond: number;
    readonly onPage: (
      jobs: readonly SeenJob[],
      askedAtMs: number,
    ) => { readonly somebodyIsMissing: boolean };
  },
): Promise<number> {
  const { client, nowMs } = place;
  const everyMs = 1000 / options.pagesPerSecond;
  let ask: { path: string; query: Record<string, string> } | null = {
    path: "/jobs",
    query: { jobType: "Command", tag: tags.ours },
  };
  let pages = 0;
  for (let ended = 0; ask !== null && ended < endedPages;) {
    const startedMs = nowMs();
    const page: { value: unknown[]; nextLink?: string | null | undefined } = await client.send({
      method: "GET",
      ...ask,
      schema: JobPage,
    });
    pages += 1;
    const jobs = page.value.flatMap((item) => {
      const read = JobResource.safeParse(item);
      return read.success ? [seenJob(read.data)] : [];
    });
    const { somebodyIsMissing } = options.onPage(jobs, startedMs);
    const someGoOn = jobs.some(({ status }) => !isEnd(status));
    ended = someGoOn ? 0 : ended + 1;
    ask = someGoOn || somebodyIsMissing ? nextPage(place, page.nextLink) : null;
    if (ask !== null) await pause(Math.max(0, everyMs - (nowMs() - startedMs)));
  }
  return pages;
}
