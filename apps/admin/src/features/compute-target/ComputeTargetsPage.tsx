import { SimpleGrid, Skeleton } from "@mantine/core";
import { IconCpu } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../api/client.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorState } from "../../components/ErrorState.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { ComputeTargetCard } from "./ComputeTargetCard.tsx";

export function ComputeTargetsPage() {
  const targets = useQuery(
    trpc.computeTarget.list.queryOptions(undefined, { refetchInterval: 10_000 }),
  );
  return (
    <>
      <PageHeader
        title="Compute"
        sentence="Where jobs run and models are served, and what room is left there."
      />
      {targets.isError && !targets.data && (
        <ErrorState
          title="The compute targets could not be loaded"
          error={targets.error}
          onRetry={() => void targets.refetch()}
        />
      )}
      {targets.isPending && <Skeleton h={240} aria-label="Loading compute targets" />}
      {targets.data?.length === 0 && (
        <EmptyState
          icon={IconCpu}
          title="No compute target"
          sentence="A job needs a place to run. The server defines its own machine as the target 'local' when it starts; restart it if it is missing."
        />
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {targets.data?.map((target) => (
          <ComputeTargetCard key={target.id} target={target} />
        ))}
      </SimpleGrid>
    </>
  );
}
