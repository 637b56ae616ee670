import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { EventTimeline, type TimelineEvent } from "../../../components/EventTimeline.tsx";
import { Elapsed } from "../../../components/RelativeTime.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import type { AttemptNow, JobNow } from "./job-type.ts";
import { ProcessTable } from "./ProcessTable.tsx";

const eventsOf = (attempt: AttemptNow): readonly TimelineEvent[] => [
  {
    key: "prepared",
    at: attempt.preparedAt,
    title: "Prepared",
    ...(attempt.resumedFromCheckpointId
      ? {
          detail: (
            <>
              Goes on from{" "}
              <CopyableId value={attempt.resumedFromCheckpointId} what="checkpoint's id" />
            </>
          ),
        }
      : {}),
  },
  { key: "started", at: attempt.startedAt, title: "Processes started" },
  { key: "observed", at: attempt.lastObservedAt, title: "Last observed" },
  ...(attempt.endedAt
    ? [{ key: "ended", at: attempt.endedAt, title: "Ended", status: attempt.status }]
    : []),
];

export function JobAttempts({ job }: { job: JobNow }) {
  if (job.attemptList.length === 0)
    return (
      <EmptyState
        icon={IconRefresh}
        title="Not started yet"
        sentence={
          job.message ??
          "The job waits for a worker. An attempt appears here as soon as one takes it."
        }
      />
    );
  return (
    <Stack gap="md">
      {job.attemptList
        .toSorted((a, b) => b.number - a.number)
        .map((attempt) => (
          <Paper key={attempt.id}>
            <Group justify="space-between" mb="sm">
              <Group gap="sm">
                <Title order={2}>Attempt {attempt.number}</Title>
                <StatusBadge status={attempt.status} detail={attempt.message} />
              </Group>
              <Group gap="md">
                <Text size="sm" c="dimmed">
                  <Elapsed from={attempt.startedAt} to={attempt.endedAt} />
                </Text>
                <CopyableId value={attempt.id} />
              </Group>
            </Group>
            {attempt.message && (
              <Text size="sm" mb="sm" style={{ whiteSpace: "pre-wrap" }}>
                {attempt.message}
              </Text>
            )}
            <Group align="flex-start" gap={48}>
              <EventTimeline events={eventsOf(attempt)} />
              <ProcessTable attempt={attempt} />
            </Group>
          </Paper>
        ))}
    </Stack>
  );
}
