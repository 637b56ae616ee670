import { Button, SimpleGrid } from "@mantine/core";
import { IconCpu, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorState } from "../../components/ErrorState.tsx";
import { Loading } from "../../components/Loading.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { pathOf } from "../../frame/paths.ts";
import { ComputeTargetCard } from "./ComputeTargetCard.tsx";

export function ComputeTargetsPage() {
  const targets = useQuery(trpc.computeTarget.list.queryOptions());
  const mayManage = useMay("compute-target:manage");
  return (
    <>
      <PageHeader
        title="Compute"
        sentence="Where jobs run and models are served, what room is left there and what it costs."
        actions={
          mayManage && (
            <Button
              component={Link}
              to={pathOf.defineTarget()}
              leftSection={<IconPlus size={16} aria-hidden />}
            >
              Define a target
            </Button>
          )
        }
      />
      {targets.isError && !targets.data && (
        <ErrorState
          title="The compute targets could not be loaded"
          error={targets.error}
          onRetry={() => void targets.refetch()}
        />
      )}
      {targets.isPending && <Loading what="Loading compute targets" h={240} />}
      {targets.data?.length === 0 && (
        <EmptyState
          icon={IconCpu}
          title="No compute target"
          sentence={
            mayManage
              ? "A job needs a place to run: this machine, or a cluster in the cloud."
              : "A job needs a place to run. An operator of your organization defines one."
          }
          action={mayManage ? { label: "Define a target", href: pathOf.defineTarget() } : undefined}
        />
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {targets.data?.map((target) => (
          <ComputeTargetCard key={target.id} target={target} />
        ))}
      </SimpleGrid>
    </>
  );
}
