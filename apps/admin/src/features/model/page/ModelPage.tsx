import { Group, Tabs, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { VersionSwitch } from "../../../components/VersionSwitch.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { RoutePending } from "../../../frame/RoutePending.tsx";
import { modelTabs, type ModelTab } from "../tabs.ts";
import { ModelActions } from "./ModelActions.tsx";
import { ModelFiles } from "./ModelFiles.tsx";
import { ModelLineage } from "./ModelLineage.tsx";
import { ModelOverview } from "./ModelOverview.tsx";

const tabWords: Record<ModelTab, string> = {
  overview: "Overview",
  files: "Files",
  lineage: "Lineage",
};

export function ModelPage() {
  const { name } = useParams({ from: "/shell/models/$name" });
  const { version, tab = "overview" } = useSearch({ from: "/shell/models/$name" });
  const navigate = useNavigate();
  const query = useQuery(
    trpc.model.get.queryOptions(
      { name, ...(version ? { version } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  const go = (search: { version: number | undefined; tab: ModelTab | undefined }) =>
    void navigate({ to: "/models/$name", params: { name }, search, replace: true });
  if (query.isError)
    return (
      <ErrorState
        list={{ label: "All models", href: pathOf.models() }}
        title="The model could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <RoutePending />;
  const { version: model, versions } = query.data;
  return (
    <>
      <PageHeader
        title={model.name}
        trail={[{ label: "Models", href: pathOf.models() }]}
        beside={
          <VersionSwitch
            version={model.version}
            versions={versions}
            onChange={(next) => go({ version: next, tab })}
          />
        }
        sentence={
          <Group gap="sm" component="span">
            <CopyableId value={model.id} />
            <Text span size="sm">
              registered by {model.createdBy.name}, <RelativeTime at={model.createdAt} />
            </Text>
          </Group>
        }
        actions={<ModelActions model={model} />}
      />
      <Tabs
        value={tab}
        onChange={(value) => go({ version, tab: modelTabs.find((one) => one === value) })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {modelTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {tabWords[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <ModelOverview model={model} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <ModelFiles model={model} />
        </Tabs.Panel>
        <Tabs.Panel value="lineage">
          <ModelLineage id={model.id} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
