import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { suitesPath } from "../paths.ts";
import { DefineSuiteForm } from "./DefineSuiteForm.tsx";

export function DefineSuitePage() {
  const { from } = useSearch({ from: "/shell/evaluations/define-suite" });
  const mayDefine = useMay("evaluation:define");
  const suites = useQuery(trpc.evaluation.suites.queryOptions());
  return (
    <>
      <PageHeader
        title="Define a suite"
        trail={[
          { label: "Evaluations", href: pathOf.evaluations() },
          { label: "Suites", href: suitesPath() },
        ]}
        sentence="Fixes what is measured and on whom before any model is tested. A name that is taken gets its next version; versions never change."
      />
      {!mayDefine ? (
        <EmptyState
          icon={IconLock}
          title="Engineers define suites"
          sentence="Your roles in this organization do not include it."
          action={{ label: "See the suites", href: suitesPath() }}
        />
      ) : suites.isError ? (
        <ErrorState
          title="The suites could not be loaded"
          error={suites.error}
          onRetry={() => void suites.refetch()}
        />
      ) : suites.data ? (
        <DefineSuiteForm
          from={suites.data.find((suite) => `${suite.name}@${suite.version}` === from)}
        />
      ) : (
        <Loading what="Loading the suite" h={420} maw={860} />
      )}
    </>
  );
}
