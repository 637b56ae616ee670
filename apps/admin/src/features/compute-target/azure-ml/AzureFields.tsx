import { SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Section } from "../../../components/Section.tsx";
import type { TargetForm } from "../define/target-form.ts";

interface Asked {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly optional?: boolean;
}
const place: readonly Asked[] = [
  { key: "subscriptionId", label: "Subscription id", description: "As the portal shows it" },
  { key: "resourceGroup", label: "Resource group", description: "The workspace’s" },
  { key: "workspace", label: "Workspace", description: "Of Azure Machine Learning" },
  { key: "region", label: "Region", description: "Short name, e.g. westeurope" },
  { key: "cluster", label: "Cluster", description: "Where jobs run; may be created afterwards" },
  {
    key: "instanceType",
    label: "Machine",
    description: "Of that cluster; only where prices name several",
    optional: true,
  },
];
const storage: readonly Asked[] = [
  { key: "datastore", label: "Datastore", description: "The workspace’s name for the storage" },
  { key: "blobEndpoint", label: "Blob address", description: "https://name.blob.core.windows.net" },
  { key: "container", label: "Container", description: "Behind that datastore" },
];
const program: readonly Asked[] = [
  { key: "image", label: "Image", description: "Container image with Python and drivers" },
  {
    key: "sharedMemory",
    label: "Shared memory",
    description: "Of a node’s container, e.g. 16g; empty for the image’s own",
    optional: true,
  },
  {
    key: "identityClientId",
    label: "Identity of jobs",
    description: "Client id of a managed identity; empty for the cluster’s own",
    optional: true,
  },
];
const patience: readonly Asked[] = [
  { key: "deadlines.preparing", label: "For an image", description: "Until it is built" },
  { key: "deadlines.queued", label: "For nodes", description: "Until all of them are there" },
  { key: "deadlines.finalizing", label: "For outputs", description: "Until they are uploaded" },
  { key: "deadlines.cancelling", label: "For a stop", description: "Until it is escalated" },
  {
    key: "deadlines.silent",
    label: "For a word of a job",
    description: "Until one that says nothing of use is given up",
  },
];

export function AzureFields({ form }: { form: UseFormReturnType<TargetForm> }) {
  const fields = (asked: readonly Asked[], cols: number) => (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: cols }}>
      {asked.map(({ key, label, description, optional = false }) => (
        <TextInput
          key={key}
          label={label}
          description={description}
          withAsterisk={!optional}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps(`azure.${key}`)}
        />
      ))}
    </SimpleGrid>
  );
  return (
    <>
      <Section title="Where it is">
        <Stack gap="sm">
          {fields(place, 3)}
          {fields(storage, 3)}
        </Stack>
        <Text size="sm" c="dimmed" mt="sm">
          No secret belongs here: the server signs in with its own credential.
        </Text>
      </Section>
      <Section title="How jobs run">
        {fields(program, 3)}
        <Switch
          mt="sm"
          label="Take images by digest only"
          description="A tag means whatever was pushed last; …@sha256:… is the same bytes for good. For patient data."
          checked={form.values.azure.pinnedImages}
          onChange={(event) =>
            form.setFieldValue("azure.pinnedImages", event.currentTarget.checked)
          }
        />
      </Section>
      <Section title="How long is waited">
        {fields(patience, 3)}
        <Text size="sm" c="dimmed" mt="sm">
          ISO 8601: PT30M is 30 minutes, PT12H is 12 hours, P1D is a day.
        </Text>
      </Section>
    </>
  );
}
