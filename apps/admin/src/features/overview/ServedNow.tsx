import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { Outputs } from "../../api/types.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { pathOf } from "../../frame/paths.ts";

export const ServedNow = ({
  deployments,
}: {
  deployments: Outputs["overview"]["read"]["deployments"];
}) => {
  const serving = deployments.filter((deployment) => deployment.endedAt === null);
  return (
    <Paper>
      <Title order={2} mb="xs">
        Served now
      </Title>
      {serving.length === 0 && (
        <Text size="sm" c="dimmed">
          No model is served. A model is served once a promotion of it is approved.
        </Text>
      )}
      <Stack gap="xs">
        {serving.map((deployment) => (
          <Group key={deployment.id} justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <NounLink href={pathOf.deployment(deployment.id)}>{deployment.purpose}</NounLink>
              <Text size="xs" c="dimmed" truncate>
                {deployment.model.name}@{deployment.model.version} · {deployment.stage}
              </Text>
            </div>
            <StatusBadge status={deployment.status} detail={deployment.message} />
          </Group>
        ))}
      </Stack>
    </Paper>
  );
};
