import { job, recipe } from "@preceptor/db";
import { DomainError, type Checkpoint } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import { commitCheckpoint, type CandidateFile } from "../checkpoint/index.ts";
import type { ServiceContext } from "../context.ts";
import { importEvaluation, startEvaluation } from "../evaluation/index.ts";
import type { Lease } from "../lease.ts";
import { registerModel } from "../model/index.ts";
import { tellChanged, wakeWorker } from "../notify.ts";
import { reading, transaction } from "../transaction.ts";
import { endJob } from "./end-job.ts";

export interface FinalizeJob {
  readonly lease: Lease;
  readonly attempt: { readonly id: string; readonly fencingToken: number };
  /** Files of the attempt's output folder, by their path in it. */
  readonly outputs: readonly CandidateFile[];
}

/**
 * Takes in what a finished attempt left (its model, its report) and ends the job. Every step may be repeated: a worker that ended
 * in the middle is followed by one that does all of it again. Throws `invalid` when the outputs cannot be accepted.
 */
export async function finalizeJob(ctx: ServiceContext, input: FinalizeJob): Promise<boolean> {
  authoriseSystem(ctx.caller);
  const facts = await reading(ctx, async (tx) => {
    const [row] = await tx
      .select({ job, definition: recipe.definition })
      .from(job)
      .leftJoin(recipe, eq(recipe.id, job.recipeId))
      .where(
        and(
          eq(job.id, input.lease.id),
          eq(job.leaseToken, input.lease.token),
          eq(job.status, "finalizing"),
        ),
      );
    return row;
  });
  if (!facts) return false;
  const { spec } = facts.job;
  const promised = spec.output !== undefined || facts.definition?.output === "model";
  const final = await commitModel(ctx, input, promised);
  const version =
    final && spec.output ? await registered(ctx, final, spec.output.model, spec.description) : null;
  if (spec.kind === "evaluate" && spec.evaluate.length > 0) await importReport(ctx, input);
  const message = version ? await startEvaluations(ctx, facts.job, version.reference) : null;

  const ended = await transaction(ctx, async (tx) => {
    const [row] = await tx
      .update(job)
      .set({
        status: "succeeded",
        reason: null,
        message,
        endedAt: ctx.now(),
        outputModelVersionId: version?.id ?? null,
      })
      .where(
        and(
          eq(job.id, input.lease.id),
          eq(job.leaseToken, input.lease.token),
          eq(job.status, "finalizing"),
        ),
      )
      .returning();
    if (!row) return false;
    await endJob(tx, ctx, row, "succeeded", null);
    await record(tx, ctx, {
      action: "job.complete",
      noun: "job",
      nounId: row.id,
      before: { status: "finalizing" },
      after: { status: "succeeded", checkpoint: final?.id ?? null, model: version?.id ?? null },
      ...(final ? { evidence: final.digest } : {}),
    });
    await wakeWorker(tx);
    await tellChanged(tx, row.organizationId, "job", row.id);
    return true;
  });
  return ended;
}

async function commitModel(
  ctx: ServiceContext,
  input: FinalizeJob,
  promised: boolean,
): Promise<Checkpoint | null> {
  const folder = "model/";
  const files = input.outputs
    .filter((file) => file.path.startsWith(folder))
    .map(({ path, open }) => ({ path: path.slice(folder.length), open }));
  if (files.length === 0) {
    if (!promised) return null;
    throw new DomainError(
      "invalid",
      "The program ended well and left no model in its output folder.",
    );
  }
  const final = await commitCheckpoint(ctx, {
    jobId: input.lease.id,
    attemptId: input.attempt.id,
    fencingToken: input.attempt.fencingToken,
    name: "model",
    kind: "final",
    files,
    last: true,
  });
  if (final?.state === "refused")
    throw new DomainError(
      "invalid",
      `The model the program left was refused. ${final.refusal ?? ""}`,
    );
  return final;
}

async function registered(ctx: ServiceContext, final: Checkpoint, name: string, description = "") {
  const { id, version } = await registerModel(ctx, { checkpointId: final.id, name, description });
  return { id, reference: `${name}@${version}` };
}

/** On behalf of whoever submitted the training. One that cannot be started is said, and does not undo the training. */
async function startEvaluations(
  ctx: ServiceContext,
  of: typeof job.$inferSelect,
  model: string,
): Promise<string | null> {
  const refused: string[] = [];
  for (const suite of of.spec.evaluate) {
    const request = {
      suite,
      model,
      target: of.spec.compute.target,
      idempotencyKey: `evaluate-${of.id}-${suite}`,
    };
    try {
      await startEvaluation(ctx, request, {
        submitter: { userId: of.submittedBy, name: of.submittedByName },
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused.push(`${suite} could not be started: ${error.message}`);
    }
  }
  return refused.length === 0 ? null : refused.join(" ");
}

async function importReport(ctx: ServiceContext, input: FinalizeJob): Promise<void> {
  const named = (path: string): CandidateFile => {
    const found = input.outputs.find((file) => file.path === path);
    if (!found) throw new DomainError("invalid", `The program ended well and left no ${path}.`);
    return found;
  };
  const results = named("results.json");
  const items = named("items.jsonl");
  await importEvaluation(ctx, {
    jobId: input.lease.id,
    results: await readJson(results),
    items: linesOf(items),
  });
}

const longestReportBytes = 64 * 1024 * 1024;

async function readJson(file: CandidateFile): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of await file.open()) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > longestReportBytes)
      throw new DomainError("invalid", `${file.path} is longer than 64 MiB.`);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new DomainError("invalid", `${file.path} is not JSON.`);
  }
}

async function* linesOf(file: CandidateFile): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of await file.open()) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}
