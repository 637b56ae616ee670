import { Paper, Stack, Text, Title } from "@mantine/core";
import type { Outputs } from "../../api/types.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { pathOfKind } from "../../frame/paths.ts";

export const Waiting = ({ items }: { items: Outputs["overview"]["read"]["waitingForYou"] }) => (
  <Paper>
    <Title order={2} mb="xs">
      Waiting for you
    </Title>
    {items.length === 0 && (
      <Text size="sm" c="dimmed">
        Nothing waits for you.
      </Text>
    )}
    <Stack gap="xs">
      {items.map((item) => (
        <div key={`${item.kind}:${item.id}`}>
          <NounLink href={pathOfKind(item.kind, item.id) ?? "/"}>{item.title}</NounLink>
          <Text size="xs" c="dimmed">
            {item.detail}
          </Text>
        </div>
      ))}
    </Stack>
  </Paper>
);
