import { Grid, Paper, Stack, Text, Title } from "@mantine/core";
import type { JobNow } from "./job-type.ts";
import { useMetrics } from "../use-metrics.ts";
import { JobCurves } from "./JobCurves.tsx";
import { JobFacts } from "./JobFacts.tsx";
import { JobParameters } from "./JobParameters.tsx";
import { LatestFigures } from "./LatestFigures.tsx";

export default function JobOverview({ job, live }: { job: JobNow; live: boolean }) {
  const metrics = useMetrics([job.id], live);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <JobCurves jobId={job.id} live={live} metrics={metrics} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="lg">
          <JobFacts job={job} />
          <LatestFigures series={metrics.data ?? []} />
          <JobParameters job={job} />
          {job.spec.description && (
            <Paper>
              <Title order={2} mb="xs">
                Description
              </Title>
              <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                {job.spec.description}
              </Text>
            </Paper>
          )}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
