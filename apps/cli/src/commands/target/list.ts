import { moneyText, nodePrice, tiers, type ComputeTargetSettings } from "@preceptor/domain";
import { defineCommand, noArguments, noOptions } from "../../command.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const targetList = defineCommand({
  usage: "list",
  about: "list the places jobs may run",
  args: noArguments,
  options: noOptions,
  async run({ session, answer, paint }) {
    const { api } = await session();
    const targets = await api.computeTarget.list.query();
    const rows = targets.map(({ name, provider, settings, createdAt }) => [
      name,
      provider,
      String(settings.maxNodes),
      String(settings.maxProcessesPerNode),
      priceText(settings) ?? "–",
      time(createdAt),
    ]);
    answer(
      targets,
      rows.length === 0
        ? "No compute target. An operator defines one: preceptor target define --file target.json"
        : table(
            paint,
            ["name", "kind", "#nodes", "#processes a node", "a node and hour", "defined"],
            rows,
          ),
    );
  },
});

/** `98.32 USD (spot 39.33 USD)`; null where no price is set. */
export function priceText(settings: ComputeTargetSettings): string | null {
  const priced = tiers.flatMap((tier) => {
    const price = nodePrice(settings, tier);
    return price
      ? [`${tier} ${moneyText({ amount: price.perNodeHour, currency: price.currency })}`]
      : [];
  });
  return priced.length === 0 ? null : priced.join(", ");
}
