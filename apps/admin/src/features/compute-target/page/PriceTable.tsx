import { Text } from "@mantine/core";
import { machineChoices, pricesOf, type ComputeTargetSettings } from "@preceptor/domain";
import { MoneyAmount } from "../../../components/MoneyAmount.tsx";
import { PlainTable } from "../../../components/PlainTable.tsx";

/** As the operator set them: contracts differ, so no provider is asked. */
export function PriceTable({ settings }: { settings: ComputeTargetSettings }) {
  const prices = pricesOf(settings);
  const several = new Set(prices.map((price) => price.instanceType)).size > 1;
  const [own] = machineChoices(settings);
  const isOwn = ({ instanceType, tier }: (typeof prices)[number]): boolean =>
    instanceType === own?.instanceType && (own.tier === null || own.tier === tier);
  if (prices.length === 0)
    return (
      <Text size="sm" c="dimmed">
        None is set, so a job’s cost is not shown here and cannot be limited.
      </Text>
    );
  return (
    <PlainTable
      label="Prices"
      minWidth={280}
      head={[{ label: "Machine" }, { label: "Tier" }, { label: "Node-hour", align: "right" }]}
      rows={prices.map((price) => ({
        key: `${price.instanceType} ${price.tier}`,
        cells: [
          <span key="machine" className="mono" style={{ overflowWrap: "anywhere" }}>
            {price.instanceType}
            {several && isOwn(price) ? " (this target’s)" : ""}
          </span>,
          price.tier,
          <MoneyAmount
            key="price"
            value={{ amount: price.perNodeHour, currency: price.currency }}
          />,
        ],
      }))}
    />
  );
}
