import { Text } from "@mantine/core";
import {
  choose,
  costAt,
  CostWishes,
  durationMs,
  estimateCost,
  nodePrice,
  type ComputeTargetSettings,
} from "@preceptor/domain";
import { formatCounted, formatDuration } from "../../../components/format.ts";
import { MoneyAmount } from "../../../components/MoneyAmount.tsx";
import type { Draft } from "./draft.ts";

/** What the job costs an hour and may come to at most; why not, where its machines have no price. */
export function CostEstimate({
  draft,
  settings,
}: {
  draft: Draft;
  settings: ComputeTargetSettings | undefined;
}) {
  const parsed = CostWishes.safeParse({ compute: draft.compute, limits: draft.limits });
  if (!parsed.success || !settings) return null;
  const { compute, limits } = parsed.data;
  const choice = choose(compute.target, settings, compute);
  if (Array.isArray(choice) || choice.machine === null) return null;
  const price = nodePrice(settings, compute.tier, compute.instanceType);
  const machines = choice.machine.instanceType ?? "its machines";
  if (!price)
    return (
      <Text size="sm" c="dimmed">
        What it costs is not known: {compute.target} has no price for {compute.tier} {machines}.
      </Text>
    );
  const { anAttempt, atMost } = estimateCost(parsed.data, price);
  const nodes = formatCounted(compute.nodes, `${compute.tier} node`);
  return (
    <div>
      <Text size="sm">
        Costs{" "}
        <b>
          <MoneyAmount value={costAt(price, compute.nodes, 3_600_000)} />
        </b>{" "}
        an hour, at most{" "}
        <b>
          <MoneyAmount value={atMost} />
        </b>
      </Text>
      <Text size="xs" c="dimmed">
        An attempt on {nodes} of {price.instanceType} for{" "}
        {formatDuration(durationMs(limits.timeout) ?? 0)} costs <MoneyAmount value={anAttempt} />;
        it may take {formatCounted(limits.maxAttempts, "attempt")}
        {limits.maxCost ? ", and stops at its cost limit" : ""}.
      </Text>
    </div>
  );
}
