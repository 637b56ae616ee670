import { Button, Code, Pill, Select } from "@mantine/core";
import { IconDownload, IconHistory } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { client } from "../../api/client.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { pathOf } from "../../frame/paths.ts";
import { auditColumns } from "./audit-columns.tsx";

const nouns = [
  "access",
  "checkpoint",
  "cluster",
  "compute-target",
  "dataset-version",
  "deployment",
  "evaluation",
  "evaluation-suite",
  "job",
  "model",
  "policy",
  "promotion",
  "recipe",
  "retention",
  "upload",
];

export function AuditPage() {
  const search = useSearch({ from: "/shell/audit" });
  const navigate = useNavigate();
  const filter = {
    ...(search.noun ? { noun: search.noun } : {}),
    ...(search.nounId ? { nounId: search.nounId } : {}),
    ...(search.actor ? { actor: search.actor } : {}),
  };
  const pages = usePages(
    ["audit", filter],
    (page) => client.audit.list.query({ ...filter, ...page }),
    { refetchInterval: 10_000 },
  );
  const change = (changed: Partial<typeof search>) =>
    void navigate({ to: "/audit", search: { ...search, ...changed }, replace: true });
  const columns = useMemo(
    () =>
      auditColumns(
        (actor) =>
          void navigate({
            to: "/audit",
            search: { ...search, actor: actor.id },
            replace: true,
          }),
      ),
    [navigate, search],
  );
  const actorName =
    pages.rows?.find((row) => row.actor.id === search.actor)?.actor.name ?? search.actor;
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHeader
        title="Audit"
        sentence={
          <>
            Who did what, in order. Each entry is a leaf of a signed Merkle log: export it and check
            it on a machine that never met this server with{" "}
            <Code>preceptor verify preceptor-audit-bundle.json</Code>
          </>
        }
        actions={
          <Button
            component="a"
            href="/api/audit/bundle"
            download="preceptor-audit-bundle.json"
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Export bundle
          </Button>
        }
      />
      <DataTable
        noun="audit entries"
        {...pages}
        columns={columns}
        rowKey={(row) => String(row.seq)}
        toolbar={
          <>
            <Select
              size="xs"
              aria-label="To what"
              placeholder="Any noun"
              data={nouns}
              value={search.noun ?? null}
              onChange={(noun) => change({ noun: noun ?? undefined })}
              clearable
            />
            {search.actor && (
              <Pill
                size="md"
                withRemoveButton
                removeButtonProps={{ "aria-label": "Show what everybody did" }}
                onRemove={() => change({ actor: undefined })}
              >
                by {actorName}
              </Pill>
            )}
            {search.nounId && (
              <Pill
                size="md"
                withRemoveButton
                removeButtonProps={{ "aria-label": "Show every object" }}
                onRemove={() => change({ nounId: undefined })}
              >
                {search.nounId}
              </Pill>
            )}
          </>
        }
        empty={
          filtered
            ? {
                icon: IconHistory,
                title: "No entry fits these filters",
                sentence: "Take a filter away to see more.",
                action: { label: "Show all entries", href: pathOf.audit() },
              }
            : {
                icon: IconHistory,
                title: "Nothing has happened yet",
                sentence: "Every change is recorded here, in the transaction that makes it.",
              }
        }
      />
    </>
  );
}
