import { Button, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { formatCounted } from "../../../components/format.ts";
import { RelativeTime } from "../../../components/RelativeTime.tsx";

/** What would keep a job from starting, found without starting one. */
export function CheckTarget({ target, nodes }: { target: string; nodes: number }) {
  const check = useQuery(
    trpc.computeTarget.check.queryOptions(
      { target },
      { staleTime: 60_000, refetchOnWindowFocus: false, retry: false },
    ),
  );
  const problems = check.data ?? [];
  return (
    <Stack gap="sm" aria-live="polite">
      {check.isPending && (
        <Text size="sm" c="dimmed">
          Checking…
        </Text>
      )}
      {check.isError && <ErrorState title="It could not be checked" error={check.error} />}
      {check.data && problems.length === 0 && (
        <Text size="sm" c="var(--state-done)" style={{ display: "flex", gap: 6 }}>
          <IconCircleCheck size={18} aria-hidden style={{ flexShrink: 0 }} />
          Yes. Nothing was found that would keep a job of up to {formatCounted(nodes, "node")} from
          starting.
        </Text>
      )}
      {problems.length > 0 && (
        <>
          <Text size="sm" c="var(--state-failed)" style={{ display: "flex", gap: 6 }}>
            <IconAlertTriangle size={18} aria-hidden style={{ flexShrink: 0 }} />
            {problems.length === 1
              ? "No: one thing must be put right first."
              : `No: ${problems.length} things must be put right first.`}
          </Text>
          <List size="sm" spacing={6}>
            {problems.map((problem) => (
              <List.Item key={`${problem.kind} ${problem.message}`}>{problem.message}</List.Item>
            ))}
          </List>
        </>
      )}
      <Group gap="sm">
        <Button
          variant="default"
          size="xs"
          loading={check.isFetching}
          onClick={() => void check.refetch()}
        >
          Check again
        </Button>
        {check.dataUpdatedAt > 0 && (
          <Text size="xs" c="dimmed" component="span">
            checked <RelativeTime at={check.dataUpdatedAt} />
          </Text>
        )}
      </Group>
    </Stack>
  );
}
