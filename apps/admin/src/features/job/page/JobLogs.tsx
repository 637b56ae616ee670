import { Group, Select, Text } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { formatBytes } from "../../../components/format.ts";
import { LogView } from "../../../components/log-view/LogView.tsx";
import type { JobNow } from "./job-type.ts";
import { useLogTail } from "./use-log-tail.ts";

interface JobLogsProps {
  readonly job: JobNow;
  readonly live: boolean;
  /** `<attempt id>/<log>` from the address. */
  readonly chosen: string | undefined;
}

export function JobLogs({ job, live, chosen }: JobLogsProps) {
  const navigate = useNavigate();
  const logs = useQuery(
    trpc.job.logs.queryOptions({ jobId: job.id }, live ? { refetchInterval: 4000 } : {}),
  );
  if (logs.isError && !logs.data)
    return (
      <ErrorState
        title="The logs could not be listed"
        error={logs.error}
        onRetry={() => void logs.refetch()}
      />
    );
  if (!logs.data) return <Loading what="Loading the logs" h={400} />;
  const numberOf = (attemptId: string) =>
    job.attemptList.find((attempt) => attempt.id === attemptId)?.number ?? 0;
  const options = logs.data
    .map((one) => ({
      ...one,
      value: `${one.attemptId}/${one.log}`,
      number: numberOf(one.attemptId),
    }))
    .toSorted(
      (a, b) =>
        b.number - a.number ||
        Number(a.log === "environment") - Number(b.log === "environment") ||
        a.log.localeCompare(b.log),
    );
  const shown = options.find((one) => one.value === chosen) ?? options[0];
  if (!shown)
    return (
      <EmptyState
        icon={IconFileText}
        title={live ? "No log yet" : "This job wrote no log"}
        sentence={
          live
            ? "Each process has a log here as soon as the job has started."
            : "It ended before a process was started. The attempts say why."
        }
      />
    );
  return (
    <>
      <Group gap="xs" mb="xs">
        <Select
          size="xs"
          w={260}
          label="Process"
          allowDeselect={false}
          data={options.map((one) => ({
            value: one.value,
            label: `Attempt ${one.number} · ${one.log}`,
          }))}
          value={shown.value}
          onChange={(value) =>
            void navigate({
              to: "/jobs/$jobId",
              params: { jobId: job.id },
              search: { tab: "logs", log: value ?? undefined },
              replace: true,
            })
          }
        />
      </Group>
      <Tail key={shown.value} attemptId={shown.attemptId} log={shown.log} live={live} />
    </>
  );
}

function Tail({ attemptId, log, live }: { attemptId: string; log: string; live: boolean }) {
  const { lines, droppedBytes, error, connecting } = useLogTail(attemptId, log);
  return (
    <>
      {error && lines.length === 0 && (
        <ErrorState title="The log could not be read" error={error} />
      )}
      {connecting && (
        <Text size="sm" c="dimmed">
          Reading the log…
        </Text>
      )}
      <LogView name={log} lines={lines} live={live} />
      {droppedBytes > 0 && (
        <Text component="output" display="block" size="sm" c="var(--state-unknown)" mt="xs">
          {formatBytes(droppedBytes)} more were printed past the limit kept for one process. They
          were counted, not kept. The job goes on unharmed; print less to see the end of the log.
        </Text>
      )}
    </>
  );
}
