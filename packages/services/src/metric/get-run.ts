import {
  readLatest,
  readParams,
  readTags,
  type Pair,
  type Point,
  type Run,
} from "@preceptor/tracking";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { runFor } from "./run-access.ts";

export type { Run };
export interface RunDetail {
  readonly run: Run;
  readonly latest: readonly Point[];
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
}

/** A run with the latest value of each metric. */
export async function getRun(ctx: ServiceContext, input: { runId: string }): Promise<RunDetail> {
  return reading(ctx, async (tx) => ({
    run: await runFor(tx, ctx.caller, input.runId, "read"),
    latest: await readLatest(tx, input.runId),
    params: await readParams(tx, input.runId),
    tags: await readTags(tx, input.runId),
  }));
}
