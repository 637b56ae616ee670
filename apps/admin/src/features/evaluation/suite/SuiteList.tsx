import { IconChecklist } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import type { Column } from "../../../components/data-table/column.ts";
import { DataTable } from "../../../components/data-table/DataTable.tsx";
import { formatFigure } from "../../../components/format.ts";
import { NounLink } from "../../../components/NounLink.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import type { SuiteNow } from "../evaluation-type.ts";
import { defineSuitePath } from "../paths.ts";
import { testSplitPath } from "./test-split-path.ts";

const reference = (suite: SuiteNow) => `${suite.name}@${suite.version}`;

const columns: readonly Column<SuiteNow>[] = [
  {
    key: "name",
    header: "Suite",
    width: 210,
    cell: (suite) => (
      <NounLink href={`/evaluations?suite=${encodeURIComponent(reference(suite))}`}>
        {reference(suite)}
      </NounLink>
    ),
    value: reference,
  },
  { key: "title", header: "Title", width: 260, cell: (s) => s.title, value: (s) => s.title },
  {
    key: "test",
    header: "Measured on",
    width: 260,
    cell: (suite) => {
      const href = testSplitPath(suite.test);
      return href ? <NounLink href={href}>{suite.test}</NounLink> : suite.test;
    },
    value: (suite) => suite.test,
  },
  {
    key: "metric",
    header: "Metric",
    width: 190,
    cell: (suite) => `${suite.metric}, ${suite.higherIsBetter ? "higher" : "lower"} is better`,
    value: (suite) => suite.metric,
  },
  {
    key: "chance",
    header: "Chance",
    align: "right",
    width: 90,
    cell: (suite) => formatFigure(suite.chance),
    value: (suite) => suite.chance,
  },
  {
    key: "task",
    header: "Task",
    width: 170,
    cell: (suite) => <span className="mono">{suite.task}</span>,
    value: (suite) => suite.task,
  },
  { key: "recipe", header: "Recipe", width: 120, cell: (s) => s.recipe, value: (s) => s.recipe },
  {
    key: "createdAt",
    header: "Defined",
    width: 130,
    cell: (suite) => <RelativeTime at={suite.createdAt} />,
    value: (suite) => suite.createdAt,
  },
];

export function SuiteList() {
  const query = useQuery(trpc.evaluation.suites.queryOptions());
  const mayDefine = useMay("evaluation:define");
  return (
    <DataTable
      noun="suites"
      rows={query.data}
      error={query.data ? null : query.error}
      onRetry={() => void query.refetch()}
      columns={columns}
      rowKey={(suite) => suite.id}
      empty={{
        icon: IconChecklist,
        title: "No suite yet",
        sentence:
          "A suite fixes what is measured, on which patients and against which chance, before any model is tested.",
        action: mayDefine ? { label: "Define a suite", href: defineSuitePath() } : undefined,
      }}
    />
  );
}
