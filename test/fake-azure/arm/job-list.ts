import { commandOf } from "../job/command.ts";
import type { JobDocument } from "../state.ts";
import type { World } from "../world.ts";
import { jobResource } from "./job-resource.ts";

/** One page, newest first, with a link to the next; filtered by type, tag and view as the service does. */
export function listJobs(world: World, url: URL, jobs = world.state.jobs.all()): object {
  const { pageSize } = world.options;
  // Counted in all jobs, and not in those that match: a page costs a page, however deep it lies.
  let skip = Number(url.searchParams.get("$skip") ?? 0);
  const value: object[] = [];
  for (; skip < jobs.length; skip++) {
    const job = jobs[jobs.length - 1 - skip];
    if (job === undefined || !matches(job, url.searchParams)) continue;
    if (value.length === pageSize) break;
    value.push(jobResource(world, job));
  }
  if (skip >= jobs.length) return { value };
  const next = new URL(url);
  next.searchParams.set("$skip", String(skip));
  return { value, nextLink: next.href };
}

function matches(job: JobDocument, query: URLSearchParams): boolean {
  const command = commandOf(job);
  const type = query.get("jobType");
  if (type !== null && type !== command.jobType) return false;
  const view = query.get("listViewType") ?? "ActiveOnly";
  const archived = command["isArchived"] === true;
  if (view !== "All" && archived !== (view === "ArchivedOnly")) return false;
  const tag = query.get("tag");
  if (tag === null) return true;
  const [key = "", value] = tag.split("=");
  const has = command.tags?.[key];
  return has !== undefined && (value === undefined || has === value);
}
