import { Grid, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../api/client.ts";
import { useMay, useMe } from "../../api/me.ts";
import { Bytes } from "../../components/Bytes.tsx";
import { ErrorState } from "../../components/ErrorState.tsx";
import { Loading } from "../../components/Loading.tsx";
import { NounLink } from "../../components/NounLink.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { pathOf } from "../../frame/paths.ts";
import { LaunchButton } from "../job/LaunchButton.tsx";
import { RecentJobs } from "./RecentJobs.tsx";
import { ServedNow } from "./ServedNow.tsx";
import { Tile } from "./Tile.tsx";
import { Waiting } from "./Waiting.tsx";

export function OverviewPage() {
  const { organization } = useMe();
  const mayRemove = useMay("retention:manage");
  const overview = useQuery(
    trpc.overview.read.queryOptions(undefined, { refetchInterval: 10_000 }),
  );
  const { data } = overview;
  return (
    <>
      <PageHeader
        title="Overview"
        sentence={
          organization ? `What runs, what waits and what is served at ${organization.name}.` : null
        }
        actions={<LaunchButton />}
      />
      {overview.isError && !data && (
        <ErrorState
          title="The overview could not be loaded"
          error={overview.error}
          onRetry={() => void overview.refetch()}
        />
      )}
      {!data && overview.isPending && <Loading what="Loading the overview" h={420} />}
      {data && (
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 2, xs: 3, lg: 6 }} spacing="sm">
            <Tile
              label="Running"
              value={data.jobs.running}
              href="/jobs?status=starting,running,finalizing"
            />
            <Tile label="Queued" value={data.jobs.queued} href="/jobs?status=queued" />
            <Tile
              label="Unknown"
              value={data.jobs.unknown}
              href="/jobs?status=unknown"
              tone={data.jobs.unknown > 0 ? "unknown" : undefined}
            />
            <Tile
              label="Failed today"
              value={data.jobs.failedToday}
              href="/jobs?status=failed"
              tone={data.jobs.failedToday > 0 ? "failed" : undefined}
            />
            <Tile
              label="Succeeded today"
              value={data.jobs.succeededToday}
              href="/jobs?status=succeeded"
            />
            <Tile label="Open promotions" value={data.openPromotions} href={pathOf.promotions()} />
          </SimpleGrid>
          <Grid gap="lg">
            <Grid.Col span={{ base: 12, lg: 8 }}>
              <Paper p={0}>
                <Group justify="space-between" px="md" py="sm">
                  <Title order={2}>Recent jobs</Title>
                  <NounLink href={pathOf.jobs()}>All jobs</NounLink>
                </Group>
                <RecentJobs jobs={data.recentJobs} />
              </Paper>
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 4 }}>
              <Stack gap="lg">
                <Waiting items={data.waitingForYou} />
                <ServedNow deployments={data.deployments} />
                <Paper>
                  <Title order={2} mb="xs">
                    Kept here
                  </Title>
                  <Text size="sm">
                    <NounLink href={pathOf.datasets()}>{data.datasets} datasets</NounLink> and{" "}
                    <NounLink href={pathOf.models()}>{data.models} models</NounLink>,{" "}
                    <Bytes value={data.storageBytes} /> in storage
                  </Text>
                  {mayRemove && (
                    <Text size="sm" mt={4}>
                      <NounLink href={pathOf.retention()}>What retention removes</NounLink>
                    </Text>
                  )}
                </Paper>
              </Stack>
            </Grid.Col>
          </Grid>
        </Stack>
      )}
    </>
  );
}
