import { NumberInput } from "@mantine/core";
import type { NodePrice } from "@preceptor/domain";
import { useField } from "./form-context.ts";

/** Asked for only where the target has a price: another limit could not be kept. */
export function MaxCostField({ price }: { price: NodePrice }) {
  const limit = useField(["limits", "maxCost"]);
  const amount = useField(["limits", "maxCost", "amount"]);
  const currency = useField(["limits", "maxCost", "currency"]);
  return (
    <NumberInput
      label="Cost limit"
      description={`${price.currency}; stopped there, checkpoints are kept`}
      min={0}
      decimalScale={2}
      value={typeof amount.value === "number" ? amount.value : ""}
      error={limit.error ?? amount.error ?? currency.error}
      onChange={(value) =>
        limit.set(
          typeof value === "number" ? { amount: value, currency: price.currency } : undefined,
        )
      }
    />
  );
}
