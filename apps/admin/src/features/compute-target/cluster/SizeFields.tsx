import { NumberInput, SimpleGrid } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";

export interface Size {
  minNodes: number;
  maxNodes: number;
  idleSeconds: number;
}
type AnyForm = Pick<UseFormReturnType<Size>, "getInputProps">;

interface SizeFieldsProps {
  readonly form: AnyForm;
  /** They are the first fields of their dialog. */
  readonly first?: boolean;
}

export const SizeFields = ({ form, first = false }: SizeFieldsProps) => (
  <SimpleGrid cols={{ base: 1, sm: 3 }}>
    <NumberInput
      label="Least nodes"
      description="Kept without work"
      min={0}
      allowDecimal={false}
      data-autofocus={first || undefined}
      {...form.getInputProps("minNodes")}
    />
    <NumberInput
      label="Most nodes"
      description="When jobs wait"
      min={0}
      allowDecimal={false}
      {...form.getInputProps("maxNodes")}
    />
    <NumberInput
      label="Idle time"
      description="Until a node goes"
      suffix=" s"
      min={60}
      allowDecimal={false}
      {...form.getInputProps("idleSeconds")}
    />
  </SimpleGrid>
);
