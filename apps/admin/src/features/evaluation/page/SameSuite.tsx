import { Button, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type EvaluationNow, type IntervalNow, modelName, suiteName } from "../evaluation-type.ts";
import { IntervalChart } from "../IntervalChart.tsx";
import { compareEvaluationsPath } from "../paths.ts";
import { TooFewPatients } from "../TooFewPatients.tsx";

const beside = 6;

/** The score on its axis, with the newest other models on the same suite beside it. */
export function SameSuite({
  evaluation,
  score,
}: {
  evaluation: EvaluationNow;
  score: IntervalNow;
}) {
  const query = useQuery(
    trpc.evaluation.list.queryOptions({ suite: suiteName(evaluation), limit: 50 }),
  );
  const others = (query.data?.items ?? [])
    .flatMap((one) =>
      one.score && one.id !== evaluation.id ? [{ evaluation: one, score: one.score }] : [],
    )
    .slice(0, beside);
  const { chance, metric } = evaluation.suite;
  return (
    <Paper>
      <Title order={2} mb="xs">
        Score: {metric}
      </Title>
      <IntervalChart
        label={`Scores on ${evaluation.suite.title}`}
        reference={chance === null ? null : { value: chance, label: "chance" }}
        rows={[
          {
            key: evaluation.id,
            label: <b>{modelName(evaluation)}</b>,
            value: score,
            color: "var(--state-active)",
          },
          ...others.map((other) => ({
            key: other.evaluation.id,
            label: (
              <NounLink href={pathOf.evaluation(other.evaluation.id)}>
                {modelName(other.evaluation)}
              </NounLink>
            ),
            value: other.score,
            color: "var(--state-waiting)",
          })),
        ]}
      />
      <TooFewPatients clusters={score.clusters} />
      {others[0] && (
        <Text size="sm" c="dimmed" mt="sm" component="div">
          Which of two is better is read from the paired difference, not from whether intervals
          overlap.{" "}
          <Button
            component={Link}
            to={compareEvaluationsPath(evaluation.id, others[0].evaluation.id)}
            size="compact-xs"
            variant="default"
          >
            Compare with {modelName(others[0].evaluation)}
          </Button>
        </Text>
      )}
    </Paper>
  );
}
