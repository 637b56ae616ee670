import { Select } from "@mantine/core";
import {
  moneyText,
  nodePrice,
  tiers,
  type ComputeTargetSettings,
  type Tier,
} from "@preceptor/domain";
import { useField } from "./form-context.ts";
import type { MachineChoice } from "./use-choices.ts";

const words: Record<Tier, string> = {
  dedicated: "Dedicated",
  spot: "Spot",
};

/** Whose machines it may have, with their price where one is set; a tier they are not of cannot be picked. */
export function TierField({
  settings,
  choice,
}: {
  settings: ComputeTargetSettings;
  choice: MachineChoice | undefined;
}) {
  const field = useField(["compute", "tier"]);
  const tier = tiers.find((one) => one === field.text) ?? "dedicated";
  return (
    <Select
      label="Tier"
      allowDeselect={false}
      data={tiers.map((one) => {
        if (choice && !choice.tiers.includes(one))
          return { value: one, label: `${words[one]}, not for these machines`, disabled: true };
        const price = choice && nodePrice(settings, one, choice.instanceType ?? undefined);
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
