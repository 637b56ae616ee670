import { NumberInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { queryClient, trpc } from "../../../api/client.ts";
import { fieldsOf } from "../../../api/error.ts";
import { notifyDone } from "../../../components/notify.ts";
import { Section } from "../../../components/Section.tsx";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import type { SuiteNow } from "../evaluation-type.ts";
import { suitesPath } from "../paths.ts";
import { definitionOf, formOf, suiteChecks } from "./definition.ts";
import { TestSplitField } from "./TestSplitField.tsx";

export function DefineSuiteForm({ from }: { from: SuiteNow | undefined }) {
  const navigate = useNavigate();
  const form = useForm({
    initialValues: formOf(from),
    validate: suiteChecks,
    validateInputOnBlur: true,
  });
  const recipes = useQuery(trpc.recipe.list.queryOptions());
  const evaluating = (recipes.data ?? []).filter((recipe) => recipe.kind === "evaluate");
  const define = useMutation(
    trpc.evaluation.defineSuite.mutationOptions({
      onSuccess: (suite) => {
        notifyDone(`${suite.name}@${suite.version} is defined`);
        void queryClient.invalidateQueries({ queryKey: trpc.evaluation.pathKey() });
        void navigate({ href: suitesPath() });
      },
      onError: (error) => {
        for (const { field, message } of fieldsOf(error))
          if (field in form.values) form.setFieldError(field, message);
      },
    }),
  );
  return (
    <form noValidate onSubmit={form.onSubmit((values) => define.mutate(definitionOf(values)))}>
      <Stack gap="md" maw={860}>
        <Section title="What it is">
          <Stack gap="sm">
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label="Name"
                description="Lower-case letters, digits and hyphens"
                required
                {...form.getInputProps("name")}
              />
              <TextInput
                label="Title"
                description="As the board reads it"
                required
                maxLength={120}
                {...form.getInputProps("title")}
              />
            </SimpleGrid>
            <Textarea
              label="Description"
              description="What a good score means, and what it does not"
              autosize
              minRows={2}
              maxLength={4000}
              {...form.getInputProps("description")}
            />
          </Stack>
        </Section>
        <Section title="What is measured">
          <Stack gap="sm">
            <TestSplitField
              value={form.values.test}
              error={form.errors.test}
              onChange={(test) => form.setFieldValue("test", test)}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <Select
                label="Recipe"
                description="Runs the evaluation"
                required
                placeholder={
                  recipes.data && evaluating.length === 0
                    ? "no recipe evaluates"
                    : "Choose a recipe"
                }
                data={evaluating.map((recipe) => ({ value: recipe.name, label: recipe.title }))}
                {...form.getInputProps("recipe")}
              />
              <TextInput
                label="Task"
                description="Its name inside the recipe, e.g. discharge_quality"
                required
                {...form.getInputProps("task")}
              />
              <TextInput
                label="Metric"
                description="As the recipe reports it, e.g. acc"
                required
                maxLength={60}
                {...form.getInputProps("metric")}
              />
              <TextInput
                label="Filter"
                description="Of the harness; none for most tasks"
                maxLength={60}
                {...form.getInputProps("filter")}
              />
              <Select
                label="Which is better"
                allowDeselect={false}
                data={[
                  { value: "higher", label: "A higher score" },
                  { value: "lower", label: "A lower score" },
                ]}
                {...form.getInputProps("better")}
              />
              <NumberInput
                label="Chance"
                placeholder="e.g. 0.25"
                step={0.05}
                decimalScale={6}
                {...form.getInputProps("chance")}
              />
            </SimpleGrid>
            <Text size="sm" c="dimmed">
              Chance is the score of a guess, drawn beside every figure: 0.25 for four choices.
            </Text>
          </Stack>
        </Section>
        <SubmitRow
          label="Define the suite"
          failed="The suite is not defined"
          error={define.error}
          busy={define.isPending}
        />
      </Stack>
    </form>
  );
}
