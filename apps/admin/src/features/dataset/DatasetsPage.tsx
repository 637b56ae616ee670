import { Button } from "@mantine/core";
import { IconDatabase, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { client } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { SearchField } from "../../components/SearchField.tsx";
import { pathOf } from "../../frame/paths.ts";
import { datasetColumns } from "./dataset-columns.tsx";
import { registerDatasetPath } from "./paths.ts";

export function DatasetsPage() {
  const { search } = useSearch({ from: "/shell/datasets" });
  const navigate = useNavigate();
  const mayRegister = useMay("dataset:register");
  const filter = search ? { search } : {};
  const pages = usePages(
    ["datasets", filter],
    (page) => client.dataset.list.query({ ...filter, ...page }),
    { refetchInterval: 10_000 },
  );
  return (
    <>
      <PageHeader
        title="Datasets"
        sentence="Data that may be trained or tested on. A version never changes; its digest names exactly these files."
        actions={
          mayRegister && (
            <Button
              component={Link}
              to={registerDatasetPath()}
              leftSection={<IconPlus size={16} aria-hidden />}
            >
              Register dataset
            </Button>
          )
        }
      />
      <DataTable
        noun="datasets"
        {...pages}
        columns={datasetColumns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ href: pathOf.dataset(row.name) })}
        toolbar={
          <SearchField
            label="Search datasets by name or title"
            value={search ?? ""}
            onChange={(text) =>
              void navigate({ to: "/datasets", search: { search: text }, replace: true })
            }
          />
        }
        empty={
          search
            ? {
                icon: IconDatabase,
                title: "No dataset fits this search",
                sentence: "Names and titles are searched.",
                action: { label: "Show all datasets", href: pathOf.datasets() },
              }
            : {
                icon: IconDatabase,
                title: "No dataset yet",
                sentence:
                  "A dataset is a set of files with the permit to use them. Everything that is trained or tested begins with one.",
                action: mayRegister
                  ? { label: "Register dataset", href: registerDatasetPath() }
                  : undefined,
              }
        }
      />
    </>
  );
}
