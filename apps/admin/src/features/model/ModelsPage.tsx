import { Badge, Group } from "@mantine/core";
import { IconBox } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { client } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import type { Outputs } from "../../api/types.ts";
import { usePages } from "../../api/use-pages.ts";
import type { Column } from "../../components/data-table/column.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { NounLink } from "../../components/NounLink.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { pathOf } from "../../frame/paths.ts";

type Row = Outputs["model"]["list"]["items"][number];

const columns: readonly Column<Row>[] = [
  {
    key: "name",
    header: "Name",
    width: 280,
    cell: (row) => <NounLink href={pathOf.model(row.name)}>{row.name}</NounLink>,
    value: (row) => row.name,
  },
  {
    key: "serving",
    header: "Serves now",
    width: 260,
    cell: (row) =>
      row.servingPurposes.length === 0 ? (
        "–"
      ) : (
        <Group gap={6}>
          {row.servingPurposes.map((purpose) => (
            <Badge key={purpose} variant="light" tt="none">
              {purpose}
            </Badge>
          ))}
        </Group>
      ),
    value: (row) => row.servingPurposes.join(" "),
  },
  {
    key: "latestVersion",
    header: "Newest version",
    align: "right",
    width: 130,
    cell: (row) => row.latestVersion,
    value: (row) => row.latestVersion,
  },
  {
    key: "versions",
    header: "Versions",
    align: "right",
    width: 100,
    cell: (row) => row.versions,
    value: (row) => row.versions,
  },
  {
    key: "createdAt",
    header: "First registered",
    width: 150,
    cell: (row) => <RelativeTime at={row.createdAt} />,
    value: (row) => row.createdAt,
  },
];

export function ModelsPage() {
  const { search } = useSearch({ from: "/shell/models" });
  const navigate = useNavigate();
  const mayLaunch = useMay("job:submit");
  const filter = search ? { search } : {};
  const pages = usePages(
    ["models", filter],
    (page) => client.model.list.query({ ...filter, ...page }),
    { refetchInterval: 10_000 },
  );
  return (
    <>
      <PageHeader
        title="Models"
        sentence="Checkpoints that were given a name. A version never changes; its digest names exactly these weights."
      />
      <DataTable
        noun="models"
        {...pages}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ href: pathOf.model(row.name) })}
        toolbar={
          <SearchField
            label="Search models by name"
            value={search ?? ""}
            onChange={(text) =>
              void navigate({ to: "/models", search: { search: text }, replace: true })
            }
          />
        }
        empty={
          search
            ? {
                icon: IconBox,
                title: "No model fits this search",
                sentence: "Names are searched.",
                action: { label: "Show all models", href: pathOf.models() },
              }
            : {
                icon: IconBox,
                title: "No model yet",
                sentence:
                  "Train one with a job, then register one of its checkpoints on the job's page.",
                action: mayLaunch
                  ? { label: "Launch a job", href: pathOf.launch() }
                  : { label: "Go to the jobs", href: pathOf.jobs() },
              }
        }
      />
    </>
  );
}
