import { digestOf } from "@preceptor/attest";
import { computeTarget, model, promotion, promotionExclusion } from "@preceptor/db";
import {
  blockingGates,
  DomainError,
  type GateResult,
  type ModelVersion,
  type Promotion,
  type RequestPromotion,
} from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { authorise, memberOf } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { modelVersionByReference } from "../model/view.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { assembleDossier } from "./assemble-dossier.ts";
import { policyByReference } from "./policy.ts";
import { promotionById } from "./view.ts";

/** Freezes the evidence and asks the board; refused (`gate-failed`) while a gate of the policy stands in the way. */
export async function requestPromotion(
  ctx: ServiceContext,
  input: RequestPromotion,
): Promise<Promotion> {
  authorise(ctx.caller, "promotion:request");
  const asker = memberOf(ctx.caller);
  const { organizationId } = asker;
  return transaction(ctx, async (tx) => {
    const candidate = await modelVersionByReference(tx, input.model);
    await assertNoneOpen(tx, candidate, input.purpose);
    const policy = await policyByReference(tx, input.policy);
    const target = await targetNamed(tx, input.target);
    const dossier = await assembleDossier(tx, { model: candidate, policy, asked: input });
    const blocking = blockingGates(dossier.gates, policy);
    if (blocking.length > 0) throw new DomainError("gate-failed", sayBlocking(blocking));

    const id = ctx.newId("promotion");
    const dossierDigest = digestOf(dossier);
    await tx.insert(promotion).values({
      id,
      organizationId,
      modelVersionId: candidate.id,
      policyId: policy.id,
      computeTargetId: target,
      purpose: input.purpose,
      stage: policy.stage,
      dossier,
      dossierDigest,
      openingShare: input.share ?? 100,
      requestedBy: asker.userId,
      requestedByName: asker.name,
      requestedAt: ctx.now(),
    });
    const excluded = new Map(dossier.contributors.map(({ id }) => [id, "worked on the model"]));
    excluded.set(asker.userId, "asked for the promotion");
    await tx
      .insert(promotionExclusion)
      .values(
        [...excluded].map(([userId, why]) => ({ organizationId, promotionId: id, userId, why })),
      );
    const asked = await promotionById(tx, id, ctx.caller);
    await record(tx, ctx, {
      action: "promotion.request",
      noun: "promotion",
      nounId: id,
      after: { status: asked.status, model: asked.model, purpose: asked.purpose, dossierDigest },
      evidence: dossierDigest,
    });
    await tellChanged(tx, organizationId, "promotion", id);
    return asked;
  });
}

/** Holds the model's row, so that two requests for it are made one after the other. */
async function assertNoneOpen(
  tx: Transaction,
  candidate: ModelVersion,
  purpose: string,
): Promise<void> {
  await tx
    .select({ id: model.id })
    .from(model)
    .where(eq(model.id, candidate.modelId))
    .for("update");
  const open = await tx.$count(
    promotion,
    and(
      eq(promotion.modelVersionId, candidate.id),
      eq(promotion.purpose, purpose),
      eq(promotion.status, "open"),
    ),
  );
  if (open > 0)
    throw new DomainError(
      "already-exists",
      `A promotion of ${candidate.name}@${candidate.version} for ${purpose} is open already.`,
    );
}

async function targetNamed(tx: Transaction, name: string): Promise<string> {
  const [found] = await tx
    .select({ id: computeTarget.id })
    .from(computeTarget)
    .where(eq(computeTarget.name, name));
  if (!found)
    throw new DomainError("not-found", `There is no compute target ${name}.`, { field: "target" });
  return found.id;
}

const sayBlocking = (gates: readonly GateResult[]): string =>
  `These gates keep it from the board: ${gates
    .map(
      (one) => `${one.gate} on ${one.suite} is ${one.outcome} (${one.rule}; found ${one.finding})`,
    )
    .join("; ")}.`;
