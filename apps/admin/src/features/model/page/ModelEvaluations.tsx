import { Paper, Title } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { client } from "../../../api/client.ts";
import { usePages } from "../../../api/use-pages.ts";
import { DataTable } from "../../../components/data-table/DataTable.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { evaluationColumns } from "../../evaluation/evaluation-columns.tsx";

const columns = evaluationColumns
  .filter((column) => column.key !== "model" && column.key !== "chance")
  .map((column) => (column.key === "suite" ? { ...column, width: 220 } : column));

export function ModelEvaluations({ model }: { model: string }) {
  const navigate = useNavigate();
  const pages = usePages(
    ["evaluations", { model }],
    (page) => client.evaluation.list.query({ model, limit: 20, ...page }),
    { refetchInterval: 10_000 },
  );
  return (
    <Paper>
      <Title order={2} mb="xs">
        Evaluations of this version
      </Title>
      <DataTable
        noun="evaluations-of-model"
        {...pages}
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ href: pathOf.evaluation(row.id) })}
        empty={{
          icon: IconChecklist,
          title: "Not evaluated yet",
          sentence: "Press Evaluate above to run a suite on exactly these weights.",
        }}
      />
    </Paper>
  );
}
