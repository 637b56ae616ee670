import { Stack } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { queryClient, trpc } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorState } from "../../components/ErrorState.tsx";
import { Loading } from "../../components/Loading.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { pathOf } from "../../frame/paths.ts";
import { DueNow } from "./DueNow.tsx";
import { Held } from "./Held.tsx";
import { LaterAndLately } from "./LaterAndLately.tsx";
import { Rules } from "./Rules.tsx";
import { RunResult } from "./RunResult.tsx";
import { RunRetention } from "./RunRetention.tsx";

export function RetentionPage() {
  return useMay("retention:manage") ? (
    <Retention />
  ) : (
    <EmptyState
      alone
      icon={IconLock}
      title="Operators see what retention removes"
      sentence="What became of a job’s checkpoints is on the job’s own page."
    />
  );
}

function Retention() {
  // As often as the worker goes round.
  const outlook = useQuery(
    trpc.retention.show.queryOptions(undefined, { refetchInterval: 60_000 }),
  );
  const run = useMutation(
    trpc.retention.run.mutationOptions({
      // A run that failed on its way may have removed something before.
      onSettled: () =>
        Promise.all(
          [trpc.retention.pathKey(), trpc.checkpoint.pathKey(), trpc.overview.pathKey()].map(
            (queryKey) => queryClient.invalidateQueries({ queryKey }),
          ),
        ),
    }),
  );
  const { data } = outlook;
  return (
    <>
      <PageHeader
        title="Retention"
        trail={[{ label: "Overview", href: pathOf.overview() }]}
        sentence="What leaves this organization’s store, and why. The worker does it a little every minute; a run does it now."
        actions={data && <RunRetention outlook={data} onRun={() => run.mutateAsync({})} />}
      />
      {outlook.isError && !data && (
        <ErrorState
          title="What retention would remove could not be loaded"
          error={outlook.error}
          onRetry={() => void outlook.refetch()}
        />
      )}
      {outlook.isPending && <Loading what="Loading what retention would remove" h={420} />}
      {data && (
        <Stack gap="lg">
          {run.data && <RunResult run={run.data} />}
          <DueNow outlook={data} />
          <Held held={data.held} />
          <LaterAndLately outlook={data} />
          <Rules />
        </Stack>
      )}
    </>
  );
}
