import { IconPlayerPlay } from "@tabler/icons-react";
import { jobKinds, jobStatuses, type ListJobs } from "@preceptor/domain";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { pathOf } from "../../frame/paths.ts";
import { someOf } from "../../frame/search-params.ts";
import { jobColumns } from "./job-columns.tsx";
import { JobFilters } from "./JobFilters.tsx";
import { LaunchButton } from "./LaunchButton.tsx";
import { SelectedJobs } from "./SelectedJobs.tsx";

export function JobsPage() {
  const search = useSearch({ from: "/shell/jobs" });
  const navigate = useNavigate();
  const mayLaunch = useMay("job:submit");
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const status = someOf(jobStatuses, search.status);
  const kind = someOf(jobKinds, search.kind);
  const filter: Partial<ListJobs> = {
    ...(status ? { status: [...status] } : {}),
    ...(kind ? { kind: [...kind] } : {}),
    ...(search.search ? { search: search.search } : {}),
    ...(search.sort ? { sort: search.sort } : {}),
    ...(search.direction ? { direction: search.direction } : {}),
  };
  const pages = usePages(
    ["jobs", filter],
    (page) => client.job.list.query({ ...filter, ...page }),
    {
      refetchInterval: 5_000,
    },
  );
  const filtered = Boolean(status ?? kind ?? search.search);
  const change = (changed: Partial<typeof search>) =>
    void navigate({ to: "/jobs", search: { ...search, ...changed }, replace: true });
  return (
    <>
      <PageHeader
        title="Jobs"
        sentence="Training, evaluation and preparation: what ran, what runs and what waits."
        actions={<LaunchButton />}
      />
      <DataTable
        noun="jobs"
        {...pages}
        columns={jobColumns}
        rowKey={(job) => job.id}
        onOpen={(job) => void navigate({ href: pathOf.job(job.id) })}
        sort={{ key: search.sort ?? "createdAt", direction: search.direction ?? "desc" }}
        onSort={(sort) =>
          change({ sort: sort.key === "name" ? "name" : "createdAt", direction: sort.direction })
        }
        selected={selected}
        onSelect={setSelected}
        toolbar={
          selected.size > 0 ? (
            <SelectedJobs
              jobs={(pages.rows ?? []).filter((job) => selected.has(job.id))}
              onDone={() => setSelected(new Set())}
            />
          ) : (
            <JobFilters
              status={status ?? []}
              kind={kind ?? []}
              search={search.search ?? ""}
              onChange={change}
            />
          )
        }
        empty={
          filtered
            ? {
                icon: IconPlayerPlay,
                title: "No job fits these filters",
                sentence: "Take a filter away to see more.",
                action: { label: "Show all jobs", href: pathOf.jobs() },
              }
            : {
                icon: IconPlayerPlay,
                title: "No job yet",
                sentence:
                  "A job runs a recipe on your data: it trains, adapts or evaluates a model.",
                action: mayLaunch ? { label: "Launch a job", href: pathOf.launch() } : undefined,
              }
        }
      />
    </>
  );
}
