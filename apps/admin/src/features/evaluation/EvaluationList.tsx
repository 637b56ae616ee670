import { Button } from "@mantine/core";
import { IconArrowsSplit2, IconChecklist } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { HeldButton } from "../../components/HeldButton.tsx";
import { pathOf } from "../../frame/paths.ts";
import { evaluationColumns } from "./evaluation-columns.tsx";
import { EvaluationFilters } from "./EvaluationFilters.tsx";
import { compareEvaluationsPath } from "./paths.ts";

export function EvaluationList() {
  const search = useSearch({ from: "/shell/evaluations" });
  const navigate = useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const filter = {
    ...(search.model ? { model: search.model } : {}),
    ...(search.suite ? { suite: search.suite } : {}),
  };
  const pages = usePages(
    ["evaluations", filter],
    (page) => client.evaluation.list.query({ ...filter, ...page }),
    { refetchInterval: 10_000 },
  );
  // Older first: what is newer is usually the candidate.
  const [candidate, other] = (pages.rows ?? []).flatMap((row) =>
    selected.has(row.id) ? [row.id] : [],
  );
  return (
    <DataTable
      noun="evaluations"
      {...pages}
      columns={evaluationColumns}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ href: pathOf.evaluation(row.id) })}
      selected={selected}
      onSelect={setSelected}
      toolbar={
        selected.size > 0 ? (
          <>
            <HeldButton
              size="xs"
              leftSection={<IconArrowsSplit2 size={14} aria-hidden />}
              why={
                selected.size === 2
                  ? undefined
                  : `Two are compared; ${selected.size} ${selected.size === 1 ? "is" : "are"} selected`
              }
              onClick={() => void navigate({ href: compareEvaluationsPath(candidate, other) })}
            >
              {selected.size === 2 ? "Compare these two" : "Select two to compare"}
            </HeldButton>
            <Button size="xs" variant="subtle" onClick={() => setSelected(new Set())}>
              Select none
            </Button>
          </>
        ) : (
          <EvaluationFilters
            model={search.model}
            suite={search.suite}
            onChange={(changed) =>
              void navigate({
                to: "/evaluations",
                search: { ...search, ...changed },
                replace: true,
              })
            }
          />
        )
      }
      empty={
        search.model || search.suite
          ? {
              icon: IconChecklist,
              title: "No evaluation fits these filters",
              sentence: "Take a filter away to see more.",
              action: { label: "Show all evaluations", href: pathOf.evaluations() },
            }
          : {
              icon: IconChecklist,
              title: "No evaluation yet",
              sentence:
                "An evaluation runs a suite on one version of a model. Open a model and press Evaluate.",
              action: { label: "Go to the models", href: pathOf.models() },
            }
      }
    />
  );
}
