import { DomainError, type Caller } from "@preceptor/domain";
import { ingestOf, writeParams, writeTags, type Pair, type Point } from "@preceptor/tracking";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { runFor } from "./run-access.ts";

export type { Pair, Point };
export interface LogBatch {
  readonly runId: string;
  readonly metrics: readonly Point[];
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
}
const LIMITS = { metrics: 1000, params: 100, tags: 100, together: 1000 };

/** Writes metrics, params and tags of a run and returns once they are committed. Params go first: a changed one refuses the batch. */
export async function logBatch(ctx: ServiceContext, input: LogBatch): Promise<void> {
  assertSizes(input);
  const { runId, metrics, params, tags } = input;
  const { organizationId } = ctx.caller;
  await reading(ctx, (tx) => runFor(tx, ctx.caller, runId, "write"));
  if (params.length > 0)
    await writeParams(
      ctx.db,
      organizationId,
      runId,
      params,
      resumes(ctx.caller) ? "keep" : "refuse",
    );
  if (tags.length > 0) await writeTags(ctx.db, organizationId, runId, tags);
  await ingestOf(ctx.db).log({ organizationId, runId, points: metrics });
}

/** A later attempt says its params again, and some name its own folders: that must not end a training that only went on. */
const resumes = (caller: Caller): boolean => caller.kind === "attempt" && caller.fencingToken > 1;

function assertSizes({ metrics, params, tags }: LogBatch): void {
  const refuse = (what: string, limit: number): never => {
    throw new DomainError(
      "invalid",
      `A batch logging request can contain at most ${limit} ${what}.`,
      { field: what },
    );
  };
  if (metrics.length > LIMITS.metrics) refuse("metrics", LIMITS.metrics);
  if (params.length > LIMITS.params) refuse("params", LIMITS.params);
  if (tags.length > LIMITS.tags) refuse("tags", LIMITS.tags);
  if (metrics.length + params.length + tags.length > LIMITS.together)
    refuse("metrics, params and tags together", LIMITS.together);
}
