import { Grid, Paper, Stack, Tabs } from "@mantine/core";
import { JobSpec } from "@preceptor/domain";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { queryClient, trpc } from "../../../api/client.ts";
import { notifyDone } from "../../../components/notify.ts";
import { pathOf } from "../../../frame/paths.ts";
import { CostEstimate } from "./CostEstimate.tsx";
import { type Draft, textAt, withValue } from "./draft.ts";
import { LaunchFormContext } from "./form-context.ts";
import { IdempotencyKey } from "./idempotency-key.ts";
import { LaunchFields } from "./LaunchFields.tsx";
import { LaunchSummary } from "./LaunchSummary.tsx";
import { draftOf, type RecipeChoice } from "./recipe-draft.ts";
import { RecipePicker } from "./RecipePicker.tsx";
import { useIssues } from "./use-issues.ts";
import { YamlEditor } from "./YamlEditor.tsx";

interface LaunchEditorProps {
  readonly recipes: readonly RecipeChoice[];
  readonly target: string;
  readonly start: Draft;
}

export function LaunchEditor({ recipes, target, start }: LaunchEditorProps) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(start);
  const [insist, setInsist] = useState(false);
  const [yamlProblem, setYamlProblem] = useState<string | null>(null);
  const targets = useQuery(trpc.computeTarget.list.queryOptions());
  const settings = targets.data?.find(
    (one) => one.name === textAt(draft, ["compute", "target"]),
  )?.settings;
  const [idempotency] = useState(() => new IdempotencyKey());
  const started = Object.keys(draft).length > 0;
  const check = useIssues(started ? draft : null);
  const submit = useMutation(
    trpc.job.submit.mutationOptions({
      onSuccess: (job) => {
        notifyDone(`${job.name} is launched`);
        void queryClient.invalidateQueries({ queryKey: ["pages", "jobs"] });
        void navigate({ href: pathOf.job(job.id) });
      },
    }),
  );
  const launch = () => {
    setInsist(true);
    const spec = JobSpec.safeParse(draft);
    if (!spec.success || yamlProblem) return;
    submit.mutate({ spec: spec.data, idempotencyKey: idempotency.for(JSON.stringify(spec.data)) });
  };
  const form = useMemo(
    () => ({
      draft,
      issues: check.issues,
      insist,
      set: (path: readonly string[], value: unknown) =>
        setDraft((before) => withValue(before, path, value)),
    }),
    [draft, check.issues, insist],
  );
  const recipe = recipes.find((one) => one.name === textAt(draft, ["recipe"]));
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        {/* Text that cannot be read goes with its tab, and so does what was said of it. */}
        <Tabs defaultValue="form" keepMounted={false} onChange={() => setYamlProblem(null)}>
          <Tabs.List mb="md">
            <Tabs.Tab value="form">Form</Tabs.Tab>
            <Tabs.Tab value="yaml">YAML</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="form">
            <Stack gap="md">
              <Paper component="section" aria-label="Recipe">
                <RecipePicker
                  recipes={recipes}
                  value={recipe?.name ?? null}
                  onChange={(chosen) => setDraft(draftOf(chosen, target))}
                />
              </Paper>
              {recipe && (
                <LaunchFormContext value={form}>
                  <LaunchFields key={recipe.name} recipe={recipe} />
                </LaunchFormContext>
              )}
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="yaml">
            <YamlEditor
              draft={draft}
              onChange={setDraft}
              problem={yamlProblem}
              onProblem={setYamlProblem}
            />
          </Tabs.Panel>
        </Tabs>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        {started && (
          <LaunchSummary
            issues={yamlProblem ? [{ field: "YAML", message: yamlProblem }] : check.issues}
            checking={check.checking}
            ready={check.ready && yamlProblem === null}
            insist={insist}
            error={submit.error}
            submitting={submit.isPending}
            onSubmit={launch}
            cost={<CostEstimate draft={draft} settings={settings} />}
          />
        )}
      </Grid.Col>
    </Grid>
  );
}
