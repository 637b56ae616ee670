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
import { DefineTargetForm } from "./DefineTargetForm.tsx";

export function DefineTargetPage() {
  const { from } = useSearch({ from: "/shell/define-target" });
  const mayManage = useMay("compute-target:manage");
  const former = useQuery(
    trpc.computeTarget.get.queryOptions({ target: from ?? "" }, { enabled: from !== undefined }),
  );
  return (
    <>
      <PageHeader
        title={from ? `Settings of ${from}` : "Define a target"}
        trail={[
          { label: "Compute", href: pathOf.compute() },
          ...(from ? [{ label: from, href: pathOf.computeTarget(from) }] : []),
        ]}
        sentence="Where jobs may run. It is checked once it is saved, before any job is sent there."
      />
      {!mayManage ? (
        <EmptyState
          icon={IconLock}
          title="Operators define targets"
          sentence="Your roles in this organization do not include it."
          action={{ label: "See the targets", href: pathOf.compute() }}
        />
      ) : former.isError ? (
        <ErrorState
          title="The target could not be loaded"
          error={former.error}
          onRetry={() => void former.refetch()}
        />
      ) : from === undefined || former.data ? (
        <DefineTargetForm key={from ?? ""} from={former.data} />
      ) : (
        <Loading what="Loading the target" h={420} maw={1080} />
      )}
    </>
  );
}
