import { commandOf } from "../job/command.ts";
import type { JobDocument } from "../state.ts";
import type { World } from "../world.ts";
import { jobResource } from "./job-resource.ts";

/** One page, newest first, with a link to the next; filtered by type, tag and view as the service does. */
export function listJobs(world: World, url: URL, jobs = world.state.jobs.all()): object {
  const { pageSize } = world.options;
  const skip = Number(url.searchParams.get("$skip") ?? 0);
  const wanted = jobs.toReversed().filter((job) => matches(job, url.searchParams));
  const value = wanted.slice(skip, skip + pageSize).map((job) => jobResource(world, job));
  if (wanted.length <= skip + pageSize) return { value };
  const next = new URL(url);
  next.searchParams.set("$skip", String(skip + pageSize));
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
