import { MultiSelect, Paper, SimpleGrid, Stack, Title } from "@mantine/core";
import { nodePrice, tiers } from "@preceptor/domain";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { trpc } from "../../../api/client.ts";
import { ComputeFields } from "./ComputeFields.tsx";
import { CountField, TextField } from "./fields.tsx";
import { useField } from "./form-context.ts";
import { InputField } from "./InputField.tsx";
import { MaxCostField } from "./MaxCostField.tsx";
import { ParameterField } from "./ParameterField.tsx";
import type { RecipeChoice } from "./recipe-draft.ts";

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <Paper component="section" aria-label={title}>
    <Title order={2} mb="sm">
      {title}
    </Title>
    {children}
  </Paper>
);

function SuitesField({ recipe }: { recipe: RecipeChoice }) {
  const field = useField(["evaluate"]);
  const suites = useQuery(trpc.evaluation.suites.queryOptions());
  const value = Array.isArray(field.value) ? field.value.map(String) : [];
  const only = recipe.kind === "evaluate";
  return (
    <MultiSelect
      label={only ? "Suite to run" : "Evaluate the model on"}
      description={
        only
          ? "Its task and metric decide what is measured"
          : "Started as soon as the model is registered"
      }
      data={(suites.data ?? []).map((suite) => ({
        value: `${suite.name}@${suite.version}`,
        label: `${suite.title} (${suite.name}@${suite.version})`,
      }))}
      value={value}
      maxValues={only ? 1 : 20}
      error={field.error}
      onChange={(chosen) => field.set(chosen.length > 0 ? chosen : undefined)}
      clearable
    />
  );
}

/** The form of one recipe, drawn from what the recipe says it takes. */
export function LaunchFields({ recipe }: { recipe: RecipeChoice }) {
  const targets = useQuery(trpc.computeTarget.list.queryOptions());
  const target = useField(["compute", "target"]).text;
  const settings = targets.data?.find((one) => one.name === target)?.settings;
  const tier = useField(["compute", "tier"]).text;
  const machine = useField(["compute", "instanceType"]).text || undefined;
  const price =
    settings && nodePrice(settings, tiers.find((one) => one === tier) ?? "dedicated", machine);
  const inputs = Object.entries(recipe.inputs);
  return (
    <Stack gap="md">
      <Section title="Name">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextField
            path={["name"]}
            label="Name of the job"
            required
            description="Lower-case letters, digits and hyphens"
          />
          {recipe.output === "model" && (
            <TextField
              path={["output", "model"]}
              label="Register the model as"
              description="The next version of this name; empty registers nothing"
            />
          )}
          {recipe.output !== "none" && <SuitesField recipe={recipe} />}
        </SimpleGrid>
      </Section>
      {inputs.length > 0 && (
        <Section title="Inputs">
          <Stack gap="sm">
            {inputs.map(([name, input]) => (
              <InputField key={`${recipe.name}:${name}`} name={name} {...input} />
            ))}
          </Stack>
        </Section>
      )}
      <Section title="Parameters">
        <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
          {Object.entries(recipe.parameters.properties).map(([name, parameter]) => (
            <ParameterField
              key={`${recipe.name}:${name}`}
              name={name}
              parameter={parameter}
              required={recipe.parameters.required?.includes(name) ?? false}
            />
          ))}
        </SimpleGrid>
      </Section>
      <Section title="Compute">
        <ComputeFields targets={targets.data ?? []} />
      </Section>
      <Section title="Limits">
        <SimpleGrid cols={{ base: 1, sm: price ? 3 : 2 }}>
          <TextField
            path={["limits", "timeout"]}
            label="Time limit"
            description="PT30M is 30 min, PT12H is 12 h"
          />
          <CountField
            path={["limits", "maxAttempts"]}
            label="Attempts"
            min={1}
            max={20}
            description="Starts at most, when a start is lost or fails"
          />
          {price && <MaxCostField price={price} />}
        </SimpleGrid>
      </Section>
    </Stack>
  );
}
