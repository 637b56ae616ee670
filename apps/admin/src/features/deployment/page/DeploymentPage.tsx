import { Alert, Badge, Grid, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { trpc } from "../../../api/client.ts";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { Section } from "../../../components/Section.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type DeploymentNow, isCanary, modelOf } from "../deployment-type.ts";
import { TrafficPanel } from "../traffic/TrafficPanel.tsx";
import { CallExample } from "./CallExample.tsx";
import { DeploymentActions } from "./DeploymentActions.tsx";
import { DeploymentFacts, DeploymentTimeline } from "./DeploymentFacts.tsx";

const LineageView = lazy(() => import("../../lineage/LineageView.tsx"));

export function DeploymentPage() {
  const { deploymentId } = useParams({ from: "/shell/deployments/$deploymentId" });
  const query = useQuery({
    ...trpc.deployment.get.queryOptions({ id: deploymentId }),
    refetchInterval: 4_000,
  });
  if (query.data) return <DeploymentOf deployment={query.data} />;
  return query.isError ? (
    <ErrorState
      list={{ label: "All deployments", href: pathOf.deployments() }}
      title="The deployment could not be loaded"
      error={query.error}
      onRetry={() => void query.refetch()}
    />
  ) : (
    <Loading what="Loading the deployment" h={520} />
  );
}

const DeploymentOf = ({ deployment }: { deployment: DeploymentNow }) => (
  <>
    <PageHeader
      title={`${modelOf(deployment)} for ${deployment.purpose}`}
      trail={[{ label: "Deployments", href: pathOf.deployments() }]}
      beside={
        <Group gap="xs">
          <StatusBadge status={deployment.status} detail={deployment.message} size="md" />
          {deployment.routed && (
            <Badge variant="light" tt="none">
              answers now
            </Badge>
          )}
          {isCanary(deployment) && (
            <Badge variant="light" tt="none">
              {deployment.share} % of requests
              {deployment.status === "healthy" ? "" : " once it is healthy"}
            </Badge>
          )}
          {deployment.mirror > 0 && (
            <Badge variant="light" tt="none" color="gray">
              copies of {deployment.mirror} %
            </Badge>
          )}
        </Group>
      }
      sentence={<CopyableId value={deployment.id} />}
      actions={<DeploymentActions deployment={deployment} />}
    />
    {deployment.message && (
      <Alert
        color={deployment.status === "failed" ? "red" : "gray"}
        variant="light"
        mb="md"
        icon={<IconAlertTriangle aria-hidden />}
      >
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          {deployment.message}
        </Text>
      </Alert>
    )}
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="lg">
          {deployment.desired === "serving" && (
            <Section title={`Who answers for ${deployment.purpose}`}>
              <TrafficPanel purpose={deployment.purpose} />
            </Section>
          )}
          <DeploymentFacts deployment={deployment} />
          {deployment.routed && <CallExample purpose={deployment.purpose} />}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <DeploymentTimeline deployment={deployment} />
      </Grid.Col>
      <Grid.Col span={12}>
        <Paper>
          <Title order={2} mb="sm">
            Lineage
          </Title>
          <Suspense fallback={<Loading what="Loading the lineage" h={420} />}>
            <LineageView kind="deployment" id={deployment.id} />
          </Suspense>
        </Paper>
      </Grid.Col>
    </Grid>
  </>
);
