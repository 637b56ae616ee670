import { Box, Group, Text } from "@mantine/core";
import type { Outputs } from "../../api/types.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { Elapsed, RelativeTime } from "../../components/RelativeTime.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { pathOf } from "../../frame/paths.ts";

export const RecentJobs = ({ jobs }: { jobs: Outputs["overview"]["read"]["recentJobs"] }) => (
  <Box component="ul" m={0} p={0} style={{ listStyle: "none" }}>
    {jobs.length === 0 && (
      <Text component="li" px="md" pb="md" c="dimmed" size="sm">
        No job yet. Register a dataset, then launch one from a recipe.
      </Text>
    )}
    {jobs.map((job) => (
      <Group
        key={job.id}
        component="li"
        px="md"
        py={9}
        gap="md"
        justify="space-between"
        style={{ borderTop: "1px solid var(--line)" }}
      >
        <Box style={{ minWidth: 0, flex: "1 1 200px" }}>
          <NounLink href={pathOf.job(job.id)}>{job.name}</NounLink>
          <Text size="xs" c="dimmed">
            {job.kind} · {job.submittedBy.name} · <RelativeTime at={job.createdAt} />
          </Text>
        </Box>
        <Group gap="md" wrap="nowrap">
          <Text size="sm" c="dimmed">
            <Elapsed from={job.startedAt} to={job.endedAt} />
          </Text>
          <Box w={108} display="flex">
            <StatusBadge status={job.status} detail={job.message} />
          </Box>
        </Group>
      </Group>
    ))}
  </Box>
);
