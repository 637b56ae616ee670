import { Text } from "@mantine/core";
import type { Outputs } from "../../api/types.ts";
import type { Column } from "../../components/data-table/column.ts";
import { toDate } from "../../components/format.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { Elapsed, RelativeTime } from "../../components/RelativeTime.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { pathOf } from "../../frame/paths.ts";

export type JobRow = Outputs["job"]["list"]["items"][number];

const recipeOf = (job: JobRow) =>
  job.recipe ? `${job.recipe.name}@${job.recipe.version}` : "own code";

export const jobColumns: readonly Column<JobRow>[] = [
  {
    key: "name",
    header: "Name",
    sortable: true,
    cell: (job) => <NounLink href={pathOf.job(job.id)}>{job.name}</NounLink>,
    value: (job) => job.name,
  },
  {
    key: "status",
    header: "State",
    cell: (job) => (
      <>
        <StatusBadge status={job.status} detail={job.message} />
        {job.message && job.status !== "succeeded" && (
          <Text size="xs" c="dimmed" lineClamp={1} maw={240}>
            {job.message}
          </Text>
        )}
      </>
    ),
    value: (job) => job.status,
  },
  { key: "kind", header: "Kind", whole: true, cell: (job) => job.kind, value: (job) => job.kind },
  { key: "recipe", header: "Recipe", whole: true, cell: recipeOf, value: recipeOf },
  {
    key: "output",
    header: "Model made",
    cell: (job) =>
      job.outputModel ? (
        <NounLink href={pathOf.model(job.outputModel.name, job.outputModel.version)}>
          {job.outputModel.name}@{job.outputModel.version}
        </NounLink>
      ) : (
        "–"
      ),
    value: (job) => job.outputModel && `${job.outputModel.name}@${job.outputModel.version}`,
  },
  {
    key: "took",
    header: "Took",
    align: "right",
    cell: (job) => <Elapsed from={job.startedAt} to={job.endedAt} />,
    value: (job) =>
      job.startedAt && job.endedAt
        ? (toDate(job.endedAt).getTime() - toDate(job.startedAt).getTime()) / 1000
        : null,
  },
  {
    key: "submittedBy",
    header: "By",
    whole: true,
    cell: (job) => job.submittedBy.name,
    value: (job) => job.submittedBy.name,
  },
  {
    key: "createdAt",
    header: "Submitted",
    sortable: true,
    cell: (job) => <RelativeTime at={job.createdAt} />,
    value: (job) => toDate(job.createdAt).toISOString(),
  },
  {
    key: "target",
    header: "Compute",
    optional: true,
    cell: (job) => job.target,
    value: (job) => job.target,
  },
  {
    key: "attempts",
    header: "Attempts",
    optional: true,
    align: "right",
    cell: (job) => job.attempts,
    value: (job) => job.attempts,
  },
  {
    key: "id",
    header: "Id",
    optional: true,
    cell: (job) => <span className="mono">{job.id}</span>,
    value: (job) => job.id,
  },
];
