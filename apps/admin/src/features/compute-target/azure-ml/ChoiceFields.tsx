import {
  ActionIcon,
  Button,
  Group,
  Paper,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { tiers } from "@preceptor/domain";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { TargetForm } from "../define/target-form.ts";

/** What a job may name instead of the target's own machines and image. */
export function ChoiceFields({ form }: { form: UseFormReturnType<TargetForm> }) {
  const { machines } = form.values.azure;
  const add = () =>
    form.insertListItem("azure.machines", { instanceType: "", tier: "spot", cluster: "" });
  const imageFault = Object.entries(form.errors).find(([field]) =>
    field.startsWith("azure.images"),
  )?.[1];
  return (
    <Paper component="section" aria-label="What else jobs may choose">
      <Title order={2} mb={4}>
        What else jobs may choose
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        Other clusters of the workspace, and serverless machines: Azure starts those for one job and
        takes them back after it. A job that names nothing runs on the target’s own cluster and
        image.
      </Text>
      <Stack gap="sm">
        <Select
          label="Tier of the target’s own cluster"
          description="Needed, like its machine, as soon as there is a choice"
          data={[...tiers]}
          clearable
          maw={360}
          {...form.getInputProps("azure.tier")}
          value={form.values.azure.tier || null}
          onChange={(value) =>
            form.setFieldValue("azure.tier", tiers.find((tier) => tier === value) ?? "")
          }
        />
        {machines.map((machine, n) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row has no name of its own until it is typed
          <Group key={n} align="flex-start" gap="xs">
            <TextInput
              aria-label={`Machine ${n + 1} that jobs may choose`}
              placeholder="Standard_NC40ads_H100_v5"
              style={{ flex: "3 1 220px" }}
              {...form.getInputProps(`azure.machines.${n}.instanceType`)}
              error={
                form.errors[`azure.machines.${n}.instanceType`] ??
                form.errors[`azure.machines.${n}`]
              }
            />
            <Select
              aria-label={`Tier of machine ${n + 1}`}
              data={[...tiers]}
              allowDeselect={false}
              style={{ flex: "1 1 120px" }}
              {...form.getInputProps(`azure.machines.${n}.tier`)}
            />
            <TextInput
              aria-label={`Cluster of machine ${n + 1}; empty for serverless`}
              placeholder="cluster; empty: serverless"
              style={{ flex: "2 1 190px" }}
              {...form.getInputProps(`azure.machines.${n}.cluster`)}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={`Take machine ${n + 1}, ${machine.instanceType || "unnamed"} ${machine.tier}, out`}
              onClick={() => form.removeListItem("azure.machines", n)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
          style={{ alignSelf: "flex-start" }}
        >
          Add a machine
        </Button>
        <TagsInput
          label="Other images"
          description="With registry and tag or digest; Enter adds one"
          {...form.getInputProps("azure.images")}
          error={imageFault}
        />
      </Stack>
    </Paper>
  );
}
