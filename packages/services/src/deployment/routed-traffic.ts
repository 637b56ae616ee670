import { deployment } from "@preceptor/db";
import { trafficNow } from "@preceptor/domain";
import type { ServingHandle } from "@preceptor/serving";
import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "../context.ts";
import { handleOf } from "./handle.ts";
import { sharingOf } from "./traffic.ts";

export interface TrafficPartWanted {
  readonly handle: ServingHandle;
  readonly percent: number;
  readonly mirrorPercent: number;
}

/**
 * The split that the place of the routed deployment is to have itself, for who calls it past the gateway. A part that runs at another
 * target is the routed one's there.
 */
export async function wantedTraffic(
  tx: Transaction,
  row: typeof deployment.$inferSelect,
): Promise<TrafficPartWanted[]> {
  const split = trafficNow(await sharingOf(tx, row.purpose));
  const ids = split.map(({ deploymentId }) => deploymentId);
  if (ids.length === 0) return [];
  const here = await tx
    .select({ id: deployment.id, handle: deployment.handle })
    .from(deployment)
    .where(and(inArray(deployment.id, ids), eq(deployment.computeTargetId, row.computeTargetId)));
  const parts = split.flatMap(({ deploymentId, percent, mirrorPercent }) => {
    const handle = handleOf(here.find(({ id }) => id === deploymentId)?.handle ?? null);
    return handle && deploymentId !== row.id ? [{ handle, percent, mirrorPercent }] : [];
  });
  const own = handleOf(row.handle);
  if (!own) return [];
  const rest = 100 - parts.reduce((sum, { percent }) => sum + percent, 0);
  return [{ handle: own, percent: rest, mirrorPercent: 0 }, ...parts];
}
