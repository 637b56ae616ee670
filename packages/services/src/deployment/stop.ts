import { DomainError, type Deployment, type StopDeployment } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { lockPurpose } from "./purpose.ts";
import { changingTraffic } from "./traffic.ts";
import { deploymentById } from "./view.ts";
import { wantStopped } from "./want-stopped.ts";

/** Takes a deployment out of the routes and stops it. Its approval stands. */
export async function stopDeployment(
  ctx: ServiceContext,
  input: StopDeployment,
): Promise<Deployment> {
  authorise(ctx.caller, "deployment:stop");
  return transaction(ctx, async (tx) => {
    const before = await deploymentById(tx, input.id);
    await lockPurpose(tx, ctx.caller.organizationId, before.purpose);
    const why = `Stopped: ${input.reason}`;
    const stopped = await changingTraffic(tx, ctx, before.purpose, why, () =>
      wantStopped(tx, ctx, { id: input.id }, why),
    );
    if (stopped.length === 0)
      throw new DomainError("conflict", "It has ended or is stopping already.");
    const after = await deploymentById(tx, input.id);
    await record(tx, ctx, {
      action: "deployment.stop",
      noun: "deployment",
      nounId: input.id,
      before,
      after: { ...after, reason: input.reason },
      evidence: after.model.digest,
    });
    return after;
  });
}
