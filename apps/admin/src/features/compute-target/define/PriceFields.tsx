import { ActionIcon, Button, Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { currencies, tiers } from "@preceptor/domain";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Section } from "../../../components/Section.tsx";
import type { TargetForm } from "./target-form.ts";

/** The operator's own price list: a row for each machine and tier. */
export function PriceFields({ form }: { form: UseFormReturnType<TargetForm> }) {
  const { prices } = form.values;
  const last = prices.at(-1);
  const add = () =>
    form.insertListItem("prices", {
      instanceType: last?.instanceType ?? form.values.azure.instanceType,
      tier: tiers.find((tier) => tier !== last?.tier) ?? "dedicated",
      perNodeHour: 0,
      currency: last?.currency ?? "USD",
    });
  return (
    <Section
      title="Prices"
      lead="What your contract says a node and hour costs. With a price, jobs show their cost and may be limited by it."
    >
      <Stack gap="xs">
        {prices.map((price, n) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row has no name of its own until it is typed
          <Group key={n} align="flex-start" gap="xs">
            <TextInput
              aria-label={`Machine of price ${n + 1}`}
              placeholder="Standard_NC24ads_A100_v4"
              style={{ flex: "3 1 220px" }}
              {...form.getInputProps(`prices.${n}.instanceType`)}
              error={form.errors[`prices.${n}.instanceType`] ?? form.errors[`prices.${n}`]}
            />
            <Select
              aria-label={`Tier of price ${n + 1}`}
              data={[...tiers]}
              allowDeselect={false}
              style={{ flex: "1 1 120px" }}
              {...form.getInputProps(`prices.${n}.tier`)}
            />
            <NumberInput
              aria-label={`Price ${n + 1} of a node and hour`}
              min={0}
              decimalScale={4}
              style={{ flex: "1 1 110px" }}
              {...form.getInputProps(`prices.${n}.perNodeHour`)}
            />
            <Select
              aria-label={`Currency of price ${n + 1}`}
              data={[...currencies]}
              allowDeselect={false}
              style={{ flex: "1 1 90px" }}
              {...form.getInputProps(`prices.${n}.currency`)}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={`Take price ${n + 1}, ${price.instanceType || "unnamed"} ${price.tier}, out`}
              onClick={() => form.removeListItem("prices", n)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <Button
        mt={prices.length > 0 ? "sm" : 0}
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={add}
      >
        Add a price
      </Button>
    </Section>
  );
}
