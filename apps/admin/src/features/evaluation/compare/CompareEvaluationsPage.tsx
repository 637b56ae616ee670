import { Alert, Button, Paper, SimpleGrid } from "@mantine/core";
import { IconArrowsExchange, IconChecklist } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { Comparison } from "./Comparison.tsx";
import { EvaluationPicker } from "./EvaluationPicker.tsx";

export function CompareEvaluationsPage() {
  const { candidate, other } = useSearch({ from: "/shell/evaluations/compare" });
  const navigate = useNavigate();
  const list = useQuery(trpc.evaluation.list.queryOptions({ limit: 200 }));
  const ready = Boolean(candidate && other && candidate !== other);
  const query = useQuery(
    trpc.evaluation.compare.queryOptions(
      { candidateId: candidate ?? "", otherId: other ?? "" },
      // Two complete evaluations never change, so neither does what is computed from them.
      { enabled: ready, staleTime: Infinity },
    ),
  );
  const complete = (list.data?.items ?? []).filter((one) => one.status === "complete");
  const suite = complete.find((one) => one.id === candidate)?.suite.id;
  const choose = (search: { candidate: string | undefined; other: string | undefined }) =>
    void navigate({ to: "/evaluations/compare", search, replace: true });
  return (
    <>
      <PageHeader
        title="Compare evaluations"
        trail={[{ label: "Evaluations", href: pathOf.evaluations() }]}
        sentence="Two models on the same items, item by item. The address of this page keeps the choice."
        actions={
          candidate &&
          other && (
            <Button
              variant="default"
              leftSection={<IconArrowsExchange size={15} aria-hidden />}
              onClick={() => choose({ candidate: other, other: candidate })}
            >
              Swap the two
            </Button>
          )
        }
      />
      {list.isError && (
        <ErrorState
          title="The evaluations could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.data && complete.length === 0 ? (
        <EmptyState
          icon={IconChecklist}
          title="Nothing to compare yet"
          sentence="Two complete evaluations of one suite are needed."
          action={{ label: "Go to the evaluations", href: pathOf.evaluations() }}
        />
      ) : (
        <Paper mb="md" className="no-print">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <EvaluationPicker
              label="Candidate"
              description="The model in question"
              value={candidate}
              evaluations={complete}
              onChange={(id) => choose({ candidate: id, other })}
            />
            <EvaluationPicker
              label="Compared with"
              description="On the same version of the same suite"
              value={other}
              evaluations={complete.filter(
                (one) => one.id !== candidate && (suite === undefined || one.suite.id === suite),
              )}
              onChange={(id) => choose({ candidate, other: id })}
            />
          </SimpleGrid>
        </Paper>
      )}
      {!ready && complete.length > 0 && (
        <Alert color="gray" variant="light">
          {candidate && candidate === other
            ? "An evaluation is not compared with itself. Choose another."
            : "Choose two complete evaluations of one suite."}
        </Alert>
      )}
      {query.isError && (
        <ErrorState
          title="These two cannot be compared"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {ready && query.isPending && <Loading what="Comparing the evaluations" h={420} />}
      {ready && query.data && <Comparison comparison={query.data} />}
    </>
  );
}
