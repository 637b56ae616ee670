import { Alert, Button, Paper, Text, Title } from "@mantine/core";
import { client } from "../../../api/client.ts";
import { messageOf } from "../../../api/error.ts";
import { usePages } from "../../../api/use-pages.ts";
import { Loading } from "../../../components/Loading.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { PlainTable } from "../../../components/PlainTable.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { pathOf } from "../../../frame/paths.ts";

/** Where this version is or was served. Deployments are few, so they are looked through here. */
export function ModelDeployments({ modelVersionId }: { modelVersionId: string }) {
  const { rows, error, more } = usePages(["deployments", { all: true }], (page) =>
    client.deployment.list.query({ limit: 200, ...page }),
  );
  const mine = (rows ?? []).filter((one) => one.model.id === modelVersionId);
  return (
    <Paper>
      <Title order={2} mb="xs">
        Deployments
      </Title>
      {error ? (
        <Alert color="red">{messageOf(error)}</Alert>
      ) : rows === undefined ? (
        <Loading what="Loading the deployments" h={60} />
      ) : mine.length === 0 ? (
        <Text size="sm" c="dimmed">
          This version has not been served. It is served once a promotion of it is approved.
        </Text>
      ) : (
        <PlainTable
          label="Deployments of this version"
          minWidth={480}
          head={[
            { label: "Purpose" },
            { label: "Stage" },
            { label: "State" },
            { label: "Routed" },
            { label: "Since" },
          ]}
          rows={mine.map((one) => ({
            key: one.id,
            cells: [
              <NounLink key="purpose" href={pathOf.deployment(one.id)}>
                {one.purpose}
              </NounLink>,
              one.stage,
              <StatusBadge key="status" status={one.status} detail={one.message} />,
              one.routed ? "yes" : "no",
              <RelativeTime key="at" at={one.createdAt} />,
            ],
          }))}
        />
      )}
      {more.has && (
        <Button size="xs" variant="default" mt="xs" loading={more.loading} onClick={more.load}>
          Look through older deployments
        </Button>
      )}
    </Paper>
  );
}
