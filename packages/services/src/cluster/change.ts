import type { ClusterManager } from "@preceptor/compute";
import { DomainError, type ComputeTarget } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ReachContext } from "../compute-target/target.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { clustersOf } from "./clusters-of.ts";

export type ClusterContext = ServiceContext & ReachContext;
type Verb = "create" | "resize" | "drain" | "remove";
type Outcome = "accepted" | "refused" | "unanswered";

/**
 * Asks a provider to change a cluster. No network inside a transaction: what is asked is written down before, what came of it after,
 * so that even a server that dies in between leaves the intent in the log.
 */
export async function changeCluster<T>(
  ctx: ClusterContext,
  asked: { target: string; cluster: string; verb: Verb; wanted?: object },
  ask: (clusters: ClusterManager) => Promise<T>,
): Promise<T> {
  authorise(ctx.caller, "compute-target:manage");
  const { target, clusters } = await clustersOf(ctx, asked.target);
  const note = (outcome?: Outcome): Promise<void> =>
    transaction(ctx, (tx) =>
      record(tx, ctx, {
        action: `cluster.${asked.verb}${outcome === undefined ? "" : `-${outcome}`}`,
        noun: "cluster",
        nounId: `${target.name}/${asked.cluster}`,
        after: { targetId: target.id, ...asked.wanted },
      }),
    );
  await note();
  const answer = await ask(clusters).catch(async (error: unknown) => {
    await note(error instanceof DomainError ? "refused" : "unanswered");
    throw error instanceof DomainError ? error : unclear(ctx, target, error);
  });
  await note("accepted");
  return answer;
}

function unclear(ctx: ClusterContext, target: ComputeTarget, cause: unknown): DomainError {
  ctx.log.warn({ target: target.id, error: cause }, "a change of a cluster was not answered");
  return new DomainError(
    "unavailable",
    `${target.name} gave no clear answer; the change may have been made. Look at its clusters before you ask again.`,
    { cause },
  );
}
