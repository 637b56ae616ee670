import { Badge, Box, Group, Paper, Text, Title } from "@mantine/core";
import { Elapsed, RelativeTime } from "../../components/RelativeTime.tsx";
import { NounLink } from "../../components/NounLink.tsx";
import { PlainTable } from "../../components/PlainTable.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { pathOf } from "../../frame/paths.ts";
import { type DeploymentNow, isCanary, modelOf } from "./deployment-type.ts";
import { TrafficPanel } from "./traffic/TrafficPanel.tsx";

interface PurposeCardProps {
  readonly purpose: string;
  /** Newest first. */
  readonly deployments: readonly DeploymentNow[];
}

/** One purpose: which model answers for it now, then every deployment of it. */
export function PurposeCard({ purpose, deployments }: PurposeCardProps) {
  const now = deployments.find((one) => one.routed);
  return (
    <Paper p={0}>
      <Group justify="space-between" px={10} py="sm" gap="xs">
        <div>
          <Title order={2}>{purpose}</Title>
          <Text size="sm" c="dimmed" component="div">
            {now ? (
              <>
                <NounLink href={pathOf.model(now.model.name, now.model.version)}>
                  {modelOf(now)}
                </NounLink>{" "}
                answers now, on {now.target}
              </>
            ) : (
              "Nothing answers for this purpose now"
            )}
          </Text>
        </div>
        {now && <StatusBadge status={now.status} detail={now.message} size="md" />}
      </Group>
      <Box px={10} pb="sm">
        <TrafficPanel purpose={purpose} />
      </Box>
      <PlainTable
        label={`Deployments for ${purpose}`}
        minWidth={620}
        head={[
          { label: "Deployment" },
          { label: "State" },
          { label: "Stage" },
          { label: "Compute" },
          { label: "Since" },
          { label: "Served for", align: "right" },
        ]}
        rows={deployments.map((one) => ({
          key: one.id,
          cells: [
            <Group key="model" gap="xs" wrap="nowrap">
              <NounLink href={pathOf.deployment(one.id)}>{modelOf(one)}</NounLink>
              {one.routed && (
                <Badge size="sm" variant="light" tt="none">
                  now
                </Badge>
              )}
              {isCanary(one) && (
                <Badge size="sm" variant="light" tt="none">
                  {one.share} %
                </Badge>
              )}
            </Group>,
            <StatusBadge key="status" status={one.status} detail={one.message} />,
            one.stage,
            one.target,
            <RelativeTime key="since" at={one.createdAt} />,
            <Elapsed key="for" from={one.healthyAt} to={one.endedAt} />,
          ],
        }))}
      />
    </Paper>
  );
}
