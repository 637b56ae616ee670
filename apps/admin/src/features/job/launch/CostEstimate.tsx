import { Text } from "@mantine/core";
import {
  CostWishes,
  durationMs,
  estimateCost,
  nodePrice,
  type ComputeTargetSettings,
} from "@preceptor/domain";
import { formatDuration } from "../../../components/format.ts";
import { MoneyAmount } from "../../../components/MoneyAmount.tsx";
import type { Draft } from "./draft.ts";

/** What the job may come to at most; nothing where the target has no price. */
export function CostEstimate({
  draft,
  settings,
}: {
  draft: Draft;
  settings: ComputeTargetSettings | undefined;
}) {
  const parsed = CostWishes.safeParse({ compute: draft.compute, limits: draft.limits });
  const price = parsed.success && settings ? nodePrice(settings, parsed.data.compute.tier) : null;
  if (!parsed.success || !price) return null;
  const { compute, limits } = parsed.data;
  const { anAttempt, atMost } = estimateCost(parsed.data, price);
  const nodes = `${compute.nodes} ${compute.tier} node${compute.nodes === 1 ? "" : "s"}`;
  return (
    <div>
      <Text size="sm">
        Costs at most{" "}
        <b>
          <MoneyAmount value={atMost} />
        </b>
      </Text>
      <Text size="xs" c="dimmed">
        An attempt on {nodes} of {price.instanceType} for{" "}
        {formatDuration(durationMs(limits.timeout) ?? 0)} costs <MoneyAmount value={anAttempt} />;
        it may take {limits.maxAttempts} attempt{limits.maxAttempts === 1 ? "" : "s"}
        {limits.maxCost ? ", and stops at its cost limit" : ""}.
      </Text>
    </div>
  );
}
