import { Badge, Button, Tabs } from "@mantine/core";
import { IconEdit } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { ClusterTable } from "../cluster/ClusterTable.tsx";
import { providerWords } from "../provider-words.ts";
import { QuotaTable } from "./QuotaTable.tsx";
import { RemoveTarget } from "./RemoveTarget.tsx";
import { targetTabs } from "./tabs.ts";
import { TargetOverview } from "./TargetOverview.tsx";
import { TargetSilence } from "./TargetSilence.tsx";

export function TargetPage() {
  const { target: name } = useParams({ from: "/shell/compute/$target" });
  const { tab = "overview" } = useSearch({ from: "/shell/compute/$target" });
  const navigate = useNavigate();
  const mayManage = useMay("compute-target:manage");
  const query = useQuery(
    trpc.computeTarget.get.queryOptions({ target: name }, { refetchInterval: 30_000 }),
  );
  const target = query.data;
  // A machine of one's own has neither clusters nor quotas.
  const managed = target !== undefined && target.provider !== "local";
  return (
    <>
      <PageHeader
        title={name}
        trail={[{ label: "Compute", href: pathOf.compute() }]}
        beside={
          target && (
            <Badge variant="default" tt="none">
              {providerWords[target.provider]}
            </Badge>
          )
        }
        actions={
          mayManage &&
          target && (
            <>
              <Button
                component={Link}
                to={pathOf.defineTarget(name)}
                variant="default"
                leftSection={<IconEdit size={15} aria-hidden />}
              >
                Change its settings
              </Button>
              <RemoveTarget name={name} />
            </>
          )
        }
      />
      {query.isError && !target && (
        <ErrorState
          title="The compute target could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && <Loading what="Loading the compute target" h={320} />}
      {target?.silence && <TargetSilence silence={target.silence} />}
      {target && !managed && <TargetOverview target={target} />}
      {target && managed && (
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({
              to: "/compute/$target",
              params: { target: name },
              search: { tab: targetTabs.find((one) => one === next) },
              replace: true,
            })
          }
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="overview">Overview</Tabs.Tab>
            <Tabs.Tab value="clusters">Clusters</Tabs.Tab>
            <Tabs.Tab value="quotas">Quotas</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="overview">
            <TargetOverview target={target} />
          </Tabs.Panel>
          <Tabs.Panel value="clusters">
            <ClusterTable target={target} />
          </Tabs.Panel>
          <Tabs.Panel value="quotas">
            <QuotaTable target={name} />
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}
