import { DomainError, type RetentionRun } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { abandonExpiredUploads } from "./abandon-expired.ts";
import { findStrays } from "./find-strays.ts";
import { keepingJobs } from "./removable.ts";
import { removeCheckpoints } from "./remove-checkpoints.ts";
import { sweepStrays } from "./sweep.ts";

/** How much one run does. What an operator asks for looks at everything; the worker goes round in small steps. */
export interface RunRetention {
  /** Jobs after this one, in the order of their ids. */
  readonly afterJob?: string;
  readonly jobs?: number;
  readonly objects?: number;
  /** See `findStrays`. */
  readonly slice?: string;
}

/**
 * The retention verb, the only way anything leaves the store: marks checkpoints their jobs do not keep, ends uploads that are over, notes
 * what nothing refers to, and removes what has been without a reference for as long as the grace. Running it again, or twice at once,
 * does nothing twice. `nextJob` is where to go on; "" is the beginning.
 */
export async function runRetention(
  ctx: ServiceContext,
  input: RunRetention,
): Promise<RetentionRun & { readonly nextJob: string }> {
  authorise(ctx.caller, "retention:manage");
  const { afterJob = "", jobs = 500, objects = 1000, slice } = input;
  const ids = await reading(ctx, (tx) => keepingJobs(tx, { after: afterJob, limit: jobs }));
  const checkpoints = { objects: 0, bytes: 0 };
  for (const jobId of ids) {
    const { objects: marked, bytes } = await removeCheckpoints(ctx, { jobId });
    checkpoints.objects += marked;
    checkpoints.bytes += bytes;
  }
  const isFull = ids.length === jobs;
  const marked = {
    checkpoints,
    abandonedUploads: await abandonExpiredUploads(ctx, { limit: jobs }),
    nextJob: isFull ? (ids.at(-1) ?? "") : "",
  };
  const found = await findStrays(ctx, slice === undefined ? {} : { slice }).catch(sayProblem);
  if (typeof found === "string") {
    const none = { objects: 0, bytes: 0 };
    return { ...marked, found: none, removed: none, held: 0, problem: found, more: true };
  }
  const swept = await sweepStrays(ctx, { limit: objects });
  return { ...marked, found, ...swept, more: swept.more || isFull };
}

/** A store that does not answer ends a run early; what was marked stays marked. */
function sayProblem(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  throw error;
}
