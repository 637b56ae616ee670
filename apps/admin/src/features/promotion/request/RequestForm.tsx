import { Grid, NativeSelect, NumberInput, Paper, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { RequestPromotion } from "@preceptor/domain";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { queryClient, trpc } from "../../../api/client.ts";
import { fieldsOf } from "../../../api/error.ts";
import { problemsOf } from "../../../api/problem.ts";
import { notifyDone } from "../../../components/notify.ts";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { nameOf, type PolicyNow } from "../promotion-type.ts";
import { EvidenceNow } from "./EvidenceNow.tsx";
import { ModelSelect } from "./ModelSelect.tsx";

interface RequestFormProps {
  readonly policies: readonly PolicyNow[];
  /** name@version, or empty to choose one. */
  readonly model: string;
  readonly purpose: string;
}

const toRequest = <Values extends { model: string }>(values: Values) => ({
  ...values,
  model: `model://${values.model}`,
});

function problemsInRequest(values: { model: string }): Record<string, string> {
  const problems = problemsOf(RequestPromotion, toRequest(values));
  return values.model === "" ? { ...problems, model: "Choose a model" } : problems;
}

export function RequestForm({ policies, model, purpose }: RequestFormProps) {
  const navigate = useNavigate();
  const targets = useQuery(trpc.computeTarget.list.queryOptions());
  const form = useForm({
    initialValues: {
      model,
      purpose,
      policy: policies.length === 1 && policies[0] ? nameOf(policies[0]) : "",
      intendedUse: "",
      notFor: "",
      risks: "",
      target: "",
      share: 100,
    },
    validate: problemsInRequest,
  });
  const only = targets.data?.length === 1 ? targets.data[0]?.name : undefined;
  const values = { ...form.values, target: form.values.target || (only ?? "") };
  const [settled] = useDebouncedValue(values, 300);
  const ask = useMutation(
    trpc.promotion.request.mutationOptions({
      onSuccess: (made) => {
        notifyDone("The board has been asked", `${nameOf(made.model)} for ${made.purpose}`);
        void queryClient.invalidateQueries({ queryKey: ["pages", "promotions"] });
        void queryClient.invalidateQueries({ queryKey: trpc.promotion.pathKey() });
        void navigate({ href: pathOf.promotion(made.id) });
      },
      onError: (error) => {
        for (const { field, message } of fieldsOf(error)) form.setFieldError(field, message);
      },
    }),
  );
  const policy = policies.find((one) => nameOf(one) === values.policy);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Paper>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              const problems = problemsInRequest(values);
              form.setErrors(problems);
              if (Object.keys(problems).length === 0) ask.mutate(toRequest(values));
            }}
          >
            <Stack>
              <ModelSelect fixed={model} {...form.getInputProps("model")} />
              <TextInput
                label="Purpose"
                description="The name it is served under, e.g. discharge-summary"
                autoComplete="off"
                {...form.getInputProps("purpose")}
              />
              <NativeSelect
                label="Policy"
                description={policy?.title || "Which gates it must pass, and how many must approve"}
                data={[
                  { value: "", label: "Choose a policy", disabled: true },
                  ...policies.map((one) => ({
                    value: nameOf(one),
                    label: `${nameOf(one)} (${one.stage})`,
                  })),
                ]}
                {...form.getInputProps("policy")}
              />
              <Textarea
                label="Intended use"
                description="Who uses it, on what, to do what"
                autosize
                minRows={3}
                {...form.getInputProps("intendedUse")}
              />
              <Textarea
                label="Not for"
                description="Where it must not be used"
                autosize
                minRows={2}
                {...form.getInputProps("notFor")}
              />
              <Textarea
                label="Risks"
                description="What can go wrong, and what is done about it"
                autosize
                minRows={3}
                {...form.getInputProps("risks")}
              />
              <NativeSelect
                label="Target"
                description="Where it will be served"
                data={[
                  { value: "", label: "Choose a compute target", disabled: true },
                  ...(targets.data ?? []).map((one) => one.name),
                ]}
                {...form.getInputProps("target")}
                value={values.target}
              />
              <NumberInput
                label="Begins with"
                description="Percentage of the purpose’s requests it gets first, once approved and healthy; at 100 it replaces what serves now"
                min={0}
                max={100}
                clampBehavior="none"
                allowDecimal={false}
                suffix=" %"
                {...form.getInputProps("share")}
              />
              <SubmitRow
                label="Ask for promotion"
                failed="The board was not asked"
                error={ask.error}
                busy={ask.isPending}
              />
            </Stack>
          </form>
        </Paper>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <EvidenceNow asked={settled} policy={policy} />
      </Grid.Col>
    </Grid>
  );
}
