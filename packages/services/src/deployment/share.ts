import { deployment } from "@preceptor/db";
import { decideShare, DomainError, type Deployment, type ShareDeployment } from "@preceptor/domain";
import { eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { transaction } from "../transaction.ts";
import { permitFor } from "./permit-for.ts";
import { lockPurpose } from "./purpose.ts";
import { changingTraffic, sharingOf } from "./traffic.ts";
import { deploymentById } from "./view.ts";
import { wantStopped } from "./want-stopped.ts";

/**
 * Gives a deployment a part of its purpose's requests, or copies of them, or takes that back. With 100 it gets the route, and the
 * former goes on running without requests, so that a roll-back is one write.
 */
export async function shareDeployment(
  ctx: ServiceContext,
  input: ShareDeployment,
): Promise<Deployment> {
  authorise(ctx.caller, "deployment:share");
  return transaction(ctx, async (tx) => {
    const { purpose } = await deploymentById(tx, input.deploymentId);
    await lockPurpose(tx, ctx.caller.organizationId, purpose);
    const before = await deploymentById(tx, input.deploymentId);
    const decided = decideShare(
      await sharingOf(tx, purpose, input.deploymentId),
      input,
      await permitFor(tx, ctx, input.deploymentId),
    );
    if (!decided.ok) throw new DomainError(decided.code, decided.message, { field: decided.field });
    await changingTraffic(tx, ctx, purpose, input.reason, async () => {
      if (input.percent === 100)
        await wantStopped(tx, ctx, { waitingFor: purpose }, "Another deployment got the route.");
      for (const { id, ...change } of decided.changes)
        await tx
          .update(deployment)
          .set({ ...change, ...(change.routed ? { routedAt: ctx.now() } : {}) })
          .where(eq(deployment.id, id));
    });
    const after = await deploymentById(tx, input.deploymentId);
    await record(tx, ctx, {
      action: "deployment.share",
      noun: "deployment",
      nounId: after.id,
      before,
      after: { ...after, reason: input.reason },
      evidence: after.model.digest,
    });
    await tellChanged(tx, ctx.caller.organizationId, "deployment", after.id);
    return after;
  });
}
