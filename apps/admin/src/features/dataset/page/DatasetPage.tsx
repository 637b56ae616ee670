import { Button, Group, Tabs, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { VersionSwitch } from "../../../components/VersionSwitch.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { RoutePending } from "../../../frame/RoutePending.tsx";
import { registerDatasetPath } from "../paths.ts";
import { datasetTabs, type DatasetTab } from "../tabs.ts";
import { DatasetFiles } from "./DatasetFiles.tsx";
import { DatasetLineage } from "./DatasetLineage.tsx";
import { DatasetOverview } from "./DatasetOverview.tsx";

const tabWords: Record<DatasetTab, string> = {
  overview: "Overview",
  files: "Files",
  lineage: "What was made from it",
};

export function DatasetPage() {
  const { name } = useParams({ from: "/shell/datasets/$name" });
  const { version, tab = "overview" } = useSearch({ from: "/shell/datasets/$name" });
  const navigate = useNavigate();
  const mayRegister = useMay("dataset:register");
  const query = useQuery(
    trpc.dataset.get.queryOptions(
      { name, ...(version ? { version } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  const go = (search: { version: number | undefined; tab: DatasetTab | undefined }) =>
    void navigate({ to: "/datasets/$name", params: { name }, search, replace: true });
  if (query.isError)
    return (
      <ErrorState
        list={{ label: "All datasets", href: pathOf.datasets() }}
        title="The dataset could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (!query.data) return <RoutePending />;
  const { version: shown, versions } = query.data;
  return (
    <>
      <PageHeader
        title={shown.name}
        trail={[{ label: "Datasets", href: pathOf.datasets() }]}
        beside={
          <VersionSwitch
            version={shown.version}
            versions={versions}
            onChange={(next) => go({ version: next, tab })}
          />
        }
        sentence={
          <Group gap="sm" component="span">
            <CopyableId value={shown.id} />
            <Text span size="sm">
              registered by {shown.createdBy.name}, <RelativeTime at={shown.createdAt} />
            </Text>
          </Group>
        }
        actions={
          mayRegister && (
            <Button
              component={Link}
              to={registerDatasetPath(shown.name)}
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden />}
            >
              Register the next version
            </Button>
          )
        }
      />
      <Tabs
        value={tab}
        onChange={(value) => go({ version, tab: datasetTabs.find((one) => one === value) })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {datasetTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {tabWords[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <DatasetOverview dataset={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="files">
          <DatasetFiles dataset={shown} />
        </Tabs.Panel>
        <Tabs.Panel value="lineage">
          <DatasetLineage id={shown.id} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
