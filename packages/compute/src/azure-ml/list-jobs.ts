import { setTimeout as pause } from "node:timers/promises";
import { tags } from "./job-body.ts";
import { nextPage } from "./next-page.ts";
import type { Place } from "./place.ts";
import { seenJob, type SeenJob } from "./seen-job.ts";
import { JobPage, JobResource } from "./wire.ts";

/** Newest first, pages without anybody we wait for mean that what is missing is too far down: it is asked for alone. */
const emptyPages = 3;

/** Pages our jobs until everybody is found; returns how many pages were read. */
export async function listJobs(
  place: Place,
  options: {
    readonly pagesPerSecond: number;
    readonly onPage: (
      jobs: readonly SeenJob[],
      askedAtMs: number,
    ) => {
      readonly found: number;
      readonly all: boolean;
    };
  },
): Promise<number> {
  const { client, nowMs } = place;
  const everyMs = 1000 / options.pagesPerSecond;
  let ask: { path: string; query: Record<string, string> } | null = {
    path: "/jobs",
    query: { jobType: "Command", tag: tags.ours },
  };
  let pages = 0;
  for (let empty = 0; ask !== null && empty < emptyPages;) {
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
    const { found, all } = options.onPage(jobs, startedMs);
    empty = found > 0 ? 0 : empty + 1;
    ask = all ? null : nextPage(place, page.nextLink);
    if (ask !== null) await pause(Math.max(0, everyMs - (nowMs() - startedMs)));
  }
  return pages;
}
