import { Alert, Grid, Paper, Stack, Text, Title } from "@mantine/core";
import { MINIMUM_CLUSTERS, verdictOf, type Verdict } from "@preceptor/domain";
import { IconCircleCheck, IconCircleX, IconQuestionMark } from "@tabler/icons-react";
import type { Outputs } from "../../../api/types.ts";
import { Digest } from "../../../components/Digest.tsx";
import { formatCount } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type EvaluationNow, modelName, suiteName } from "../evaluation-type.ts";
import { IntervalChart, type IntervalRow } from "../IntervalChart.tsx";
import { testSplitPath } from "../suite/test-split-path.ts";
import { WinsAndLosses } from "./WinsAndLosses.tsx";

export type ComparisonNow = Outputs["evaluation"]["compare"];

const looks: Record<Verdict, { color: string; icon: typeof IconCircleX; says: string }> = {
  better: {
    color: "green",
    icon: IconCircleCheck,
    says: "The candidate is better: the whole interval of the difference lies on its side of zero.",
  },
  worse: {
    color: "red",
    icon: IconCircleX,
    says: "The candidate is worse: the whole interval of the difference lies on the other side of zero.",
  },
  "not-shown": {
    color: "gray",
    icon: IconQuestionMark,
    says: "No difference is shown: the interval reaches zero. That is not proof that the two are alike.",
  },
  "too-few": {
    color: "yellow",
    icon: IconQuestionMark,
    says: `Too few patients to say: at least ${MINIMUM_CLUSTERS} are wanted before anything is decided on an interval.`,
  },
};

export function Comparison({ comparison }: { comparison: ComparisonNow }) {
  const { candidate, other, difference } = comparison;
  const { suite } = candidate;
  const verdict = looks[verdictOf(difference, suite.higherIsBetter)];
  const rows = [
    ...rowOf(candidate, "var(--state-active)"),
    ...rowOf(other, "var(--state-waiting)"),
  ];
  const split = testSplitPath(candidate.testSet.reference);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <Alert color={verdict.color} variant="light" icon={<verdict.icon aria-hidden />}>
            {verdict.says}
          </Alert>
          <Paper>
            <Title order={2} mb="xs">
              {suite.title}: {suite.metric}
            </Title>
            <IntervalChart
              label="Scores of the two models"
              reference={suite.chance === null ? null : { value: suite.chance, label: "chance" }}
              rows={rows}
            />
          </Paper>
          <Paper>
            <Title order={2} mb={4}>
              Paired difference
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              {modelName(candidate)} minus {modelName(other)}, on the same items;{" "}
              {suite.higherIsBetter ? "above" : "below"} zero the candidate is better.
            </Text>
            <IntervalChart
              label="Paired difference"
              reference={{ value: 0, label: "no difference" }}
              rows={[
                {
                  key: "difference",
                  label: "Difference",
                  value: difference,
                  color: "var(--state-active)",
                },
              ]}
            />
          </Paper>
          <WinsAndLosses comparison={comparison} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Paper>
          <Title order={2} mb="xs">
            Computed from
          </Title>
          <KeyValue
            items={[
              ["Suite", suiteName(candidate)],
              ["Items", formatCount(difference.n)],
              ["Patients", formatCount(difference.clusters)],
              ["Resamples", formatCount(comparison.resamples)],
              ["Seed", comparison.seed],
              [
                "Interval",
                "95 %, percentile bootstrap that draws whole patients with all their items",
              ],
              [
                "Test split",
                split ? (
                  <NounLink key="split" href={split}>
                    {candidate.testSet.reference}
                  </NounLink>
                ) : (
                  candidate.testSet.reference
                ),
              ],
              ["Candidate's report", <Digest key="candidate" value={candidate.digest} />],
              ["Other's report", <Digest key="other" value={other.digest} />],
            ]}
          />
        </Paper>
      </Grid.Col>
    </Grid>
  );
}

const rowOf = (evaluation: EvaluationNow, color: string): readonly IntervalRow[] =>
  evaluation.score
    ? [
        {
          key: evaluation.id,
          label: (
            <NounLink href={pathOf.evaluation(evaluation.id)}>{modelName(evaluation)}</NounLink>
          ),
          value: evaluation.score,
          color,
        },
      ]
    : [];
