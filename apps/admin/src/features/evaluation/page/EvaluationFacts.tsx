import { Paper, Title } from "@mantine/core";
import { Digest } from "../../../components/Digest.tsx";
import { formatCount, formatFigure } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type EvaluationNow, suiteName } from "../evaluation-type.ts";
import { testSplitPath } from "../suite/test-split-path.ts";

/** What the score was computed from, down to the seed. */
export function EvaluationFacts({ evaluation }: { evaluation: EvaluationNow }) {
  const { suite, testSet, score } = evaluation;
  const split = testSplitPath(testSet.reference);
  return (
    <Paper>
      <Title order={2} mb="xs">
        Computed from
      </Title>
      <KeyValue
        items={[
          ["Suite", suiteName(evaluation)],
          ["Metric", `${suite.metric}, ${suite.higherIsBetter ? "higher" : "lower"} is better`],
          ["Chance", suite.chance === null ? "not stated" : formatFigure(suite.chance)],
          score && ["Items", formatCount(score.n)],
          score && ["Patients", formatCount(score.clusters)],
          [
            "Test split",
            split ? (
              <NounLink key="split" href={split}>
                {testSet.reference}
              </NounLink>
            ) : (
              testSet.reference
            ),
          ],
          ["Test digest", <Digest key="test" value={testSet.digest} />],
          ["Model digest", <Digest key="model" value={evaluation.modelVersion.digest} />],
          ["Report digest", <Digest key="report" value={evaluation.digest} />],
          ["Seed", <span key="seed">{evaluation.seed}</span>],
          [
            "Job",
            <NounLink key="job" href={pathOf.job(evaluation.jobId)}>
              the job that ran it
            </NounLink>,
          ],
          ["Completed", <RelativeTime key="at" at={evaluation.completedAt} absent="not yet" />],
        ]}
      />
    </Paper>
  );
}
