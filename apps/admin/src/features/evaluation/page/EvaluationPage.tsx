import { Alert, Button, Grid, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconArrowsSplit2, IconHourglass } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { RoutePending } from "../../../frame/RoutePending.tsx";
import { type EvaluationNow, isLive, modelName } from "../evaluation-type.ts";
import { compareEvaluationsPath } from "../paths.ts";
import { EvaluationFacts } from "./EvaluationFacts.tsx";
import { SameSuite } from "./SameSuite.tsx";

export function EvaluationPage() {
  const { evaluationId } = useParams({ from: "/shell/evaluations/$evaluationId" });
  const query = useQuery(
    trpc.evaluation.get.queryOptions(
      { id: evaluationId },
      { refetchInterval: ({ state }) => (state.data && isLive(state.data) ? 4_000 : false) },
    ),
  );
  const evaluation = query.data;
  if (!evaluation)
    return query.isError ? (
      <ErrorState
        list={{ label: "All evaluations", href: pathOf.evaluations() }}
        title="The evaluation could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <RoutePending />
    );
  const model = (
    <NounLink href={pathOf.model(evaluation.modelVersion.name, evaluation.modelVersion.version)}>
      {modelName(evaluation)}
    </NounLink>
  );
  return (
    <>
      <PageHeader
        title={`${modelName(evaluation)} on ${evaluation.suite.title}`}
        trail={[{ label: "Evaluations", href: pathOf.evaluations() }]}
        beside={<StatusBadge status={evaluation.status} detail={evaluation.refusal} size="md" />}
        sentence={
          <Group gap="sm" component="span">
            <CopyableId value={evaluation.id} />
            <Text span size="sm">
              {model}, started <RelativeTime at={evaluation.createdAt} />
            </Text>
          </Group>
        }
        actions={
          evaluation.status === "complete" && (
            <Button
              component={Link}
              to={compareEvaluationsPath(evaluation.id)}
              variant="default"
              leftSection={<IconArrowsSplit2 size={15} aria-hidden />}
            >
              Compare with another
            </Button>
          )
        }
      />
      <Unfinished evaluation={evaluation} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {evaluation.score ? (
            <SameSuite evaluation={evaluation} score={evaluation.score} />
          ) : (
            <Paper>
              <Title order={2} mb="xs">
                Score
              </Title>
              <Text size="sm" c="dimmed">
                There is no score {isLive(evaluation) ? "yet" : "and there will be none"}.
              </Text>
            </Paper>
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="md">
            <EvaluationFacts evaluation={evaluation} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

/** Why there is no score, and what to do about it. */
function Unfinished({ evaluation }: { evaluation: EvaluationNow }) {
  const job = (
    <Link to={pathOf.job(evaluation.jobId)} className="link">
      its job
    </Link>
  );
  if (isLive(evaluation))
    return (
      <Alert color="gray" variant="light" mb="md" icon={<IconHourglass aria-hidden />}>
        The score is read from the report once {job} has ended. This page follows it.
      </Alert>
    );
  if (evaluation.status === "complete") return null;
  return (
    <Alert
      color="red"
      variant="light"
      mb="md"
      icon={<IconAlertTriangle aria-hidden />}
      title={evaluation.status === "refused" ? "The report was refused" : "The evaluation failed"}
    >
      <Text size="sm">{evaluation.refusal ?? "It ended without a report."}</Text>
      <Text size="sm" mt={4}>
        Nothing of it counts. Read {job}, then evaluate the model again.
      </Text>
    </Alert>
  );
}
