import { Tabs } from "@mantine/core";
import { terminalJobStatuses } from "@preceptor/domain";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useSubscription } from "@trpc/tanstack-react-query";
import { lazy, Suspense } from "react";
import { trpc } from "../../../api/client.ts";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { Loading } from "../../../components/Loading.tsx";
import { RoutePending } from "../../../frame/RoutePending.tsx";
import { jobTabs, type JobTab } from "../tabs.ts";
import { JobAttempts } from "./JobAttempts.tsx";
import { JobCheckpoints } from "./JobCheckpoints.tsx";
import { JobHeader } from "./JobHeader.tsx";
import { JobLineage } from "./JobLineage.tsx";
import { JobLogs } from "./JobLogs.tsx";
import { JobSpecTab } from "./JobSpecTab.tsx";

const JobOverview = lazy(() => import("./JobOverview.tsx"));

const tabWords: Record<JobTab, string> = {
  overview: "Overview",
  logs: "Logs",
  attempts: "Attempts",
  checkpoints: "Checkpoints",
  spec: "Spec",
  lineage: "Lineage",
};

export function JobPage() {
  const { jobId } = useParams({ from: "/shell/jobs/$jobId" });
  const { tab = "overview", log } = useSearch({ from: "/shell/jobs/$jobId" });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const query = useQuery(trpc.job.get.queryOptions({ id: jobId }));
  const job = query.data;
  const live = job !== undefined && !terminalJobStatuses.some((status) => status === job.status);
  useSubscription(
    trpc.job.watch.subscriptionOptions(
      { id: jobId },
      {
        enabled: live,
        onData: (event) => {
          queryClient.setQueryData(trpc.job.get.queryKey({ id: jobId }), event.data);
          void queryClient.invalidateQueries({
            queryKey: trpc.checkpoint.list.queryKey({ jobId }),
          });
        },
      },
    ),
  );
  if (query.isError && !job)
    return (
      <ErrorState
        list={{ label: "All jobs", href: pathOf.jobs() }}
        title="The job could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!job) return <RoutePending />;
  const open = (to: JobTab) =>
    void navigate({
      to: "/jobs/$jobId",
      params: { jobId },
      search: { tab: to, log: undefined },
      replace: true,
    });
  return (
    <>
      <JobHeader job={job} live={live} />
      <Tabs
        value={tab}
        onChange={(value) => open(jobTabs.find((one) => one === value) ?? "overview")}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {jobTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {tabWords[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Suspense fallback={<Loading what="Loading the tab" h={300} />}>
            <JobOverview job={job} live={live} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="logs">
          <JobLogs job={job} live={live} chosen={log} />
        </Tabs.Panel>
        <Tabs.Panel value="attempts">
          <JobAttempts job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="checkpoints">
          <JobCheckpoints job={job} live={live} />
        </Tabs.Panel>
        <Tabs.Panel value="spec">
          <JobSpecTab job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="lineage">
          <JobLineage jobId={job.id} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
