import { NumberInput, SimpleGrid } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";

export interface Size {
  minNodes: number;
  maxNodes: number;
  idleSeconds: number;
}
type AnyForm = Pick<UseFormReturnType<Size>, "getInputProps">;

export const SizeFields = ({ form }: { form: AnyForm }) => (
  <SimpleGrid cols={{ base: 1, sm: 3 }}>
    <NumberInput
      label="Least nodes"
      description="Kept without work"
      min={0}
      allowDecimal={false}
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
      label="Idle seconds"
      description="Until a node goes"
      min={60}
      allowDecimal={false}
      {...form.getInputProps("idleSeconds")}
    />
  </SimpleGrid>
);
