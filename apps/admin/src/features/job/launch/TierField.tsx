import { Select } from "@mantine/core";
import {
  moneyText,
  nodePrice,
  tiers,
  type ComputeTargetSettings,
  type Tier,
} from "@preceptor/domain";
import { useField } from "./form-context.ts";

const words: Record<Tier, string> = {
  dedicated: "Dedicated",
  spot: "Spot",
};

/** Which machines it may have, with their price where one is set. */
export function TierField({ settings }: { settings: ComputeTargetSettings }) {
  const field = useField(["compute", "tier"]);
  const tier = tiers.find((one) => one === field.text) ?? "dedicated";
  return (
    <Select
      label="Tier"
      allowDeselect={false}
      data={tiers.map((one) => {
        const price = nodePrice(settings, one);
        const cost = price
          ? `, ${moneyText({ amount: price.perNodeHour, currency: price.currency })} a node and hour`
          : "";
        return { value: one, label: `${words[one]}${cost}` };
      })}
      value={tier}
      error={field.error}
      onChange={(value) => field.set(value ?? undefined)}
      description={
        tier === "spot"
          ? "Cheaper; taken back at times, then it resumes"
          : "Its own until the job ends"
      }
    />
  );
}
