import { Box, NativeSelect, NumberInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { DefinePolicy as Policy, stages } from "@preceptor/domain";
import { IconChecklist } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { queryClient, trpc } from "../../../api/client.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { Section } from "../../../components/Section.tsx";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { nameOf } from "../promotion-type.ts";
import { type PolicyDraft, problemsInDraft, toPolicy } from "./to-policy.ts";

const initialValues: PolicyDraft = {
  name: "",
  title: "",
  stage: "pilot",
  suite: "",
  floor: "",
  margin: "",
  patients: 20,
  approvals: 2,
  validityDays: 365,
};

export function DefinePolicy({ intro }: { intro: string }) {
  const suites = useQuery(trpc.evaluation.suites.queryOptions());
  const form = useForm({ initialValues, validate: problemsInDraft });
  const define = useMutation(
    trpc.promotion.definePolicy.mutationOptions({
      onSuccess: (policy) => {
        notifyDone(`The policy ${nameOf(policy)} is defined`);
        form.reset();
        void queryClient.invalidateQueries({ queryKey: trpc.promotion.policies.queryKey() });
      },
    }),
  );
  if (suites.isPending) return <Loading what="Loading the suites" h={360} />;
  if (suites.data?.length === 0)
    return (
      <EmptyState
        icon={IconChecklist}
        title="No evaluation suite yet"
        sentence="A policy’s gates read the scores of a suite, so a suite comes first. An engineer defines it."
        action={{ label: "See the evaluations", href: pathOf.evaluations() }}
      />
    );
  return (
    <Box maw={720}>
      <Section
        title="Define a policy"
        lead={`${intro} A policy never changes: the same name again makes its next version.`}
      >
        <form
          noValidate
          onSubmit={form.onSubmit((draft) => define.mutate(Policy.parse(toPolicy(draft))))}
        >
          <Stack>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label="Name"
                description="Lower-case, e.g. discharge-pilot"
                autoComplete="off"
                {...form.getInputProps("name")}
              />
              <TextInput
                label="Title"
                description="As people call it"
                {...form.getInputProps("title")}
              />
              <NativeSelect
                label="Stage"
                description="How far an approval lets the model go"
                data={[...stages]}
                {...form.getInputProps("stage")}
              />
              <NativeSelect
                label="Suite"
                description="What its gates read"
                data={[
                  { value: "", label: "Choose a suite", disabled: true },
                  ...(suites.data ?? []).map((suite) => ({
                    value: nameOf(suite),
                    label: `${suite.title || suite.name} (${nameOf(suite)})`,
                  })),
                ]}
                {...form.getInputProps("suite")}
              />
              <NumberInput
                label="Floor"
                description="The 95 % interval must not reach below; empty for none"
                step={0.01}
                {...form.getInputProps("floor")}
              />
              <NumberInput
                label="Margin"
                description="At most this much worse than what serves now; empty for none"
                step={0.01}
                min={0}
                {...form.getInputProps("margin")}
              />
              <NumberInput
                label="Fewest patients"
                description="Independent patients in the test split; empty for none"
                min={1}
                allowDecimal={false}
                {...form.getInputProps("patients")}
              />
              <NumberInput
                label="Approvals"
                description="Members of the board who must approve"
                min={1}
                max={9}
                allowDecimal={false}
                {...form.getInputProps("approvals")}
              />
              <NumberInput
                label="Validity"
                description="Days an approval holds"
                min={1}
                max={1095}
                allowDecimal={false}
                {...form.getInputProps("validityDays")}
              />
            </SimpleGrid>
            <Text size="sm" c="dimmed">
              Always asked: a complete evaluation of exactly this model, and no test patient in its
              training data.
            </Text>
            <SubmitRow
              label="Define the policy"
              failed="The policy is not defined"
              error={define.error}
              busy={define.isPending}
            />
          </Stack>
        </form>
      </Section>
    </Box>
  );
}
