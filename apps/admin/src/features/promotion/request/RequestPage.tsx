import { IconGavel, IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { DefinePolicy } from "../policy/DefinePolicy.tsx";
import { RequestForm } from "./RequestForm.tsx";

export function RequestPage() {
  const search = useSearch({ from: "/shell/promotions/new" });
  const mayAsk = useMay("promotion:request");
  const mayDefine = useMay("policy:define");
  const policies = useQuery(trpc.promotion.policies.queryOptions());
  return (
    <>
      <PageHeader
        title="Ask for a promotion"
        trail={[{ label: "Promotions", href: pathOf.promotions() }]}
        sentence="The evidence as it is now is frozen into a dossier; the board reads exactly that and decides."
      />
      {policies.isError && (
        <ErrorState
          title="The policies could not be loaded"
          error={policies.error}
          onRetry={() => void policies.refetch()}
        />
      )}
      {policies.isPending && <Loading what="Loading the policies" h={420} />}
      {policies.data?.length === 0 &&
        (mayDefine ? (
          <DefinePolicy intro="No policy says yet what a model must prove. Define the first one." />
        ) : (
          <EmptyState
            icon={IconGavel}
            title="No policy yet"
            sentence="A policy says which gates a model must pass and how many members of the board must approve. An operator defines it; ask one of yours."
          />
        ))}
      {policies.data &&
        policies.data.length > 0 &&
        (mayAsk ? (
          <RequestForm
            policies={policies.data}
            model={search.model ?? ""}
            purpose={search.purpose ?? ""}
          />
        ) : (
          <EmptyState
            icon={IconLock}
            title="Engineers ask for promotions"
            sentence="Your roles let you read and decide or operate, not ask. An engineer of your organization can."
            action={{ label: "See the promotions", href: pathOf.promotions() }}
          />
        ))}
    </>
  );
}
