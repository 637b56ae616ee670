import type { JobDocument } from "../state.ts";
import type { World } from "../world.ts";

export const isOver = ({ status }: JobDocument): boolean =>
  status === "Completed" || status === "Failed" || status === "Canceled";

/** Writes what changed of a job; a new status goes into its history. */
export function change(world: World, id: string, changes: Partial<JobDocument>): JobDocument {
  const job = jobOf(world, id);
  const { status } = changes;
  const moved = status !== undefined && status !== job.status;
  const history = moved ? [...job.history, { status, at: new Date().toISOString() }] : job.history;
  const changed = { ...job, ...changes, history };
  world.state.jobs.put(changed);
  return changed;
}

/** The same, only while the job still is in `from`: somebody may have asked to cancel it meanwhile. */
export function advance(
  world: World,
  id: string,
  from: string,
  changes: Partial<JobDocument>,
): void {
  if (jobOf(world, id).status === from) change(world, id, changes);
}

export function jobOf(world: World, id: string): JobDocument {
  const job = world.state.jobs.get(id);
  if (job === undefined) throw new Error(`there is no job ${id}`);
  return job;
}

export const since = (job: JobDocument, status: string): string | null =>
  job.history.findLast((entry) => entry.status === status)?.at ?? null;

/** A run that cannot go on, with the code and words of the service. */
export class RunFailure extends Error {
  override readonly name = "RunFailure";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
