import { checkpoint, job, model, modelVersion } from "@preceptor/db";
import { DomainError, type Caller, type ModelVersion, type RegisterModel } from "@preceptor/domain";
import { and, desc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { modelVersionById } from "./view.ts";

/**
 * Makes the next version of a model from a committed checkpoint. Registering the same checkpoint under the same name again gives
 * the version it already has. The worker registers on behalf of whoever submitted the job.
 */
export async function registerModel(
  ctx: ServiceContext,
  input: RegisterModel,
): Promise<ModelVersion> {
  authorise(ctx.caller, "model:register");
  return transaction(ctx, async (tx) => {
    const source = await committedCheckpoint(tx, input.checkpointId);
    const modelId = await lockModel(tx, ctx, input.name);
    const [already] = await tx
      .select({ id: modelVersion.id })
      .from(modelVersion)
      .where(
        and(eq(modelVersion.modelId, modelId), eq(modelVersion.checkpointId, source.checkpoint.id)),
      );
    if (already) return modelVersionById(tx, already.id);

    const [latest] = await tx
      .select({ version: modelVersion.version })
      .from(modelVersion)
      .where(eq(modelVersion.modelId, modelId))
      .orderBy(desc(modelVersion.version))
      .limit(1);
    const id = ctx.newId("modelVersion");
    const { digest, files, sizeBytes, tensors, jobId } = source.checkpoint;
    await tx.insert(modelVersion).values({
      id,
      organizationId: ctx.caller.organizationId,
      modelId,
      version: (latest?.version ?? 0) + 1,
      description: input.description,
      digest,
      checkpointId: source.checkpoint.id,
      jobId,
      files,
      sizeBytes,
      tensors,
      ...maker(ctx.caller, source.job),
      createdAt: ctx.now(),
    });
    const made = await modelVersionById(tx, id);
    await record(tx, ctx, {
      action: "model.register",
      noun: "model",
      nounId: id,
      after: made,
      evidence: digest,
    });
    await tellChanged(tx, ctx.caller.organizationId, "model", id);
    return made;
  });
}

async function committedCheckpoint(tx: Transaction, checkpointId: string) {
  const [found] = await tx
    .select({ checkpoint, job })
    .from(checkpoint)
    .innerJoin(job, eq(job.id, checkpoint.jobId))
    .where(eq(checkpoint.id, checkpointId))
    // Retention takes nothing that a model is being made of.
    .for("share", { of: checkpoint });
  if (!found) throw new DomainError("not-found", "There is no such checkpoint.");
  if (found.checkpoint.state !== "committed")
    throw new DomainError(
      "invalid",
      found.checkpoint.state === "removed"
        ? `This checkpoint was removed by retention (${found.checkpoint.removal ?? "no reason was kept"}), so it cannot become a model.`
        : `This checkpoint was refused, so it cannot become a model: ${found.checkpoint.refusal ?? "no reason was kept"}`,
      { field: "checkpointId" },
    );
  return found;
}

/** The row lock makes versions consecutive when two register at once. */
async function lockModel(tx: Transaction, ctx: ServiceContext, name: string): Promise<string> {
  await tx
    .insert(model)
    .values({
      id: ctx.newId("model"),
      organizationId: ctx.caller.organizationId,
      name,
      createdAt: ctx.now(),
    })
    .onConflictDoNothing();
  const [row] = await tx
    .select({ id: model.id })
    .from(model)
    .where(and(eq(model.organizationId, ctx.caller.organizationId), eq(model.name, name)))
    .for("update");
  if (!row) throw new DomainError("conflict", "The model's name is being changed. Try again.");
  return row.id;
}

const maker = (caller: Caller, of: { submittedBy: string; submittedByName: string }) =>
  caller.kind === "member"
    ? { createdBy: caller.userId, createdByName: caller.name }
    : { createdBy: of.submittedBy, createdByName: of.submittedByName };
