import type { Column } from "../../components/data-table/column.ts";
import { Digest } from "../../components/Digest.tsx";
import { Figure } from "../../components/Figure.tsx";
import { formatFigure } from "../../components/format.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { pathOf } from "../../frame/paths.ts";
import { type EvaluationNow, modelName, suiteName } from "./evaluation-type.ts";

/** Columns of evaluations wherever they are listed; a model's page leaves the model out. */
export const evaluationColumns: readonly Column<EvaluationNow>[] = [
  {
    key: "suite",
    header: "Suite",
    width: 270,
    cell: (row) => <NounLink href={pathOf.evaluation(row.id)}>{row.suite.title}</NounLink>,
    value: suiteName,
  },
  {
    key: "model",
    header: "Model",
    width: 230,
    cell: (row) => (
      <NounLink href={pathOf.model(row.modelVersion.name, row.modelVersion.version)}>
        {modelName(row)}
      </NounLink>
    ),
    value: modelName,
  },
  {
    key: "status",
    header: "State",
    width: 130,
    cell: (row) => <StatusBadge status={row.status} detail={row.refusal} />,
    value: (row) => row.status,
  },
  {
    key: "score",
    header: "Score with 95 % interval",
    width: 200,
    cell: (row) => <Figure value={row.score} />,
    value: (row) => row.score?.mean,
  },
  {
    key: "metric",
    header: "Metric",
    width: 150,
    cell: (row) =>
      `${row.suite.metric}, ${row.suite.higherIsBetter ? "higher" : "lower"} is better`,
    value: (row) => row.suite.metric,
    optional: true,
  },
  {
    key: "chance",
    header: "Chance",
    align: "right",
    width: 90,
    cell: (row) => formatFigure(row.suite.chance),
    value: (row) => row.suite.chance,
  },
  {
    key: "patients",
    header: "Patients",
    align: "right",
    width: 95,
    cell: (row) => row.score?.clusters ?? "–",
    value: (row) => row.score?.clusters,
  },
  {
    key: "digest",
    header: "Digest",
    width: 200,
    cell: (row) => <Digest value={row.digest} />,
    value: (row) => row.digest,
    optional: true,
  },
  {
    key: "createdAt",
    header: "Started",
    width: 130,
    cell: (row) => <RelativeTime at={row.createdAt} />,
    value: (row) => row.createdAt,
  },
];
