import { NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Section } from "../../../components/Section.tsx";
import type { TargetForm } from "../define/target-form.ts";

/** The machines models answer from, beside the cluster that trains them. */
export function ServingFields({ form }: { form: UseFormReturnType<TargetForm> }) {
  const { serving } = form.values.azure;
  const field = (name: string) => form.getInputProps(`azure.serving.${name}`);
  return (
    <Section title="Serving">
      <Stack gap="sm">
        <Switch
          label="Approved models may be served from here"
          description="Its machines cost as long as a model is served"
          checked={serving.on}
          onChange={(event) => form.setFieldValue("azure.serving.on", event.currentTarget.checked)}
        />
        {serving.on && (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
              <TextInput
                label="Machine that serves"
                description="By the provider’s name"
                withAsterisk
                spellCheck={false}
                {...field("instanceType")}
              />
              <NumberInput
                label="Machines"
                description="Of each served model"
                min={1}
                allowDecimal={false}
                {...field("instances")}
              />
              <NumberInput
                label="Requests at once"
                description="A machine; more wait, then 429"
                min={1}
                allowDecimal={false}
                {...field("concurrentRequests")}
              />
              <Select
                label="Callers show"
                description="Keys only where they must"
                allowDeselect={false}
                data={[
                  { value: "entra", label: "An Entra token" },
                  { value: "key", label: "A key" },
                ]}
                {...field("access")}
              />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select
                label="Answered by"
                description="The program around the model"
                allowDeselect={false}
                data={[
                  { value: "vllm", label: "vLLM, for language models" },
                  { value: "recipe", label: "The recipe’s own program" },
                ]}
                {...field("runtime")}
              />
              {serving.runtime === "vllm" && (
                <TextInput
                  label="vLLM image"
                  description="With its tag"
                  withAsterisk
                  spellCheck={false}
                  {...field("vllmImage")}
                />
              )}
            </SimpleGrid>
            <TextInput
              label="Identity it reads models as"
              description="Resource id of a user-assigned identity; empty for one of the endpoint’s own, which reads the workspace’s default storage only"
              spellCheck={false}
              {...field("identity")}
            />
            <Switch
              label="Answers outside its private network"
              checked={serving.publicNetwork}
              onChange={(event) =>
                form.setFieldValue("azure.serving.publicNetwork", event.currentTarget.checked)
              }
            />
          </>
        )}
      </Stack>
    </Section>
  );
}
