import { Alert, NumberInput, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { providerNames } from "@preceptor/domain";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { queryClient, trpc } from "../../../api/client.ts";
import { fieldsOf } from "../../../api/error.ts";
import { notifyDone } from "../../../components/notify.ts";
import { Section } from "../../../components/Section.tsx";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { AzureFields } from "../azure-ml/AzureFields.tsx";
import { ChoiceFields } from "../azure-ml/ChoiceFields.tsx";
import { ServingFields } from "../azure-ml/ServingFields.tsx";
import { providerWords } from "../provider-words.ts";
import type { TargetNow } from "../target-type.ts";
import { PriceFields } from "./PriceFields.tsx";
import { definitionOf, formField, formOf, problemsInTarget } from "./target-form.ts";

export function DefineTargetForm({ from }: { from: TargetNow | undefined }) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: formOf(from),
    // Checked when it is sent: a message that appears on leaving a field would move the button from under the pointer.
    validate: problemsInTarget,
  });
  const define = useMutation(
    trpc.computeTarget.define.mutationOptions({
      onSuccess: (target) => {
        notifyDone(from ? `${target.name} has its new settings` : `${target.name} is defined`);
        void queryClient.invalidateQueries({ queryKey: trpc.computeTarget.pathKey() });
        void navigate({ href: pathOf.computeTarget(target.name) });
      },
      onError: (error) => {
        for (const { field, message } of fieldsOf(error))
          form.setFieldError(formField(field), message);
      },
    }),
  );
  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) => define.mutate(definitionOf(values)),
        (errors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus(),
      )}
    >
      <Stack gap="md" maw={1080}>
        <Section title="What it is">
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
            <TextInput
              label="Name"
              description="Jobs name it: lower-case letters, digits, hyphens"
              withAsterisk
              disabled={from !== undefined}
              autoComplete="off"
              {...form.getInputProps("name")}
            />
            <Select
              label="Kind"
              description="Never changes: jobs of the past ran there"
              allowDeselect={false}
              disabled={from !== undefined}
              data={providerNames.map((name) => ({ value: name, label: providerWords[name] }))}
              {...form.getInputProps("provider")}
            />
          </SimpleGrid>
        </Section>
        {form.values.provider === "azure-ml" && <AzureFields form={form} />}
        {form.values.provider === "azure-ml" && <ChoiceFields form={form} />}
        <Section title="What a job may use">
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
            <NumberInput
              label="Nodes"
              description="At most"
              min={1}
              allowDecimal={false}
              {...form.getInputProps("maxNodes")}
            />
            <NumberInput
              label="Processes a node"
              description="At most; one for each GPU"
              min={1}
              allowDecimal={false}
              {...form.getInputProps("maxProcessesPerNode")}
            />
            <NumberInput
              label="Disk"
              description="GB an attempt may fill"
              min={0.001}
              {...form.getInputProps("diskQuotaGb")}
            />
            <NumberInput
              label="Log"
              description="MB kept of each process"
              min={0.001}
              {...form.getInputProps("logLimitMb")}
            />
          </SimpleGrid>
        </Section>
        {form.values.provider !== "local" && <PriceFields form={form} />}
        {form.values.provider === "azure-ml" && <ServingFields form={form} />}
        {Object.keys(form.errors).length > 0 && (
          <Alert color="red" role="alert" title="Something above is missing or wrong">
            Each field at fault says what it needs.
          </Alert>
        )}
        <SubmitRow
          label={from ? "Save the settings" : "Define the target"}
          failed="Nothing was saved"
          error={define.error}
          busy={define.isPending}
        />
      </Stack>
    </form>
  );
}
