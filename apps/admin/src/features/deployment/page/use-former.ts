import { useQueries, useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { useNow } from "../../../components/use-now.ts";
import type { DeploymentNow } from "../deployment-type.ts";

/**
 * The deployment a roll-back would serve again, as the server chooses it: the other model that had the route last, under an approval
 * that still holds. `undefined` while it is being looked up, null where there is none.
 */
export function useFormer(
  serving: DeploymentNow,
  enabled: boolean,
): DeploymentNow | null | undefined {
  const now = useNow();
  const list = useQuery(
    trpc.deployment.list.queryOptions({ purpose: serving.purpose, limit: 200 }, { enabled }),
  );
  const candidates = (list.data?.items ?? [])
    .filter((one) => one.routedAt && one.model.id !== serving.model.id)
    .toSorted((a, b) => ((a.routedAt ?? "") < (b.routedAt ?? "") ? 1 : -1))
    .slice(0, 10);
  const promotions = useQueries({
    queries: candidates.map((one) => trpc.promotion.get.queryOptions({ id: one.promotionId })),
  });
  if (!list.data || promotions.some((one) => one.isPending)) return undefined;
  return (
    candidates.find((_, index) => {
      const promotion = promotions[index]?.data;
      return (
        promotion?.status === "approved" &&
        promotion.expiresAt !== null &&
        Date.parse(promotion.expiresAt) > now
      );
    }) ?? null
  );
}
