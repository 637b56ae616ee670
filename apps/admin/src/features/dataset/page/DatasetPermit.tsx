import { Badge, Group, Paper, Text, Title } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { useNow } from "../../../components/use-now.ts";
import { deIdentificationWords } from "../de-identification.ts";
import type { DatasetVersionNow } from "./DatasetOverview.tsx";

/** On what ground this data may be used: the method, the words of whoever vouches for it, and its end. */
export function DatasetPermit({ permit }: { permit: DatasetVersionNow["permit"] }) {
  const now = useNow();
  const { word, meaning } = deIdentificationWords[permit.deIdentification];
  const expired = permit.expiresAt !== undefined && new Date(permit.expiresAt).getTime() < now;
  return (
    <Paper>
      <Group gap={8} mb="xs">
        <IconShieldCheck size={18} aria-hidden />
        <Title order={2}>Permit</Title>
        {expired && (
          <Badge color="red" variant="light">
            Expired
          </Badge>
        )}
      </Group>
      <Text fw={600} size="sm">
        {word}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {meaning}
      </Text>
      <Text
        size="sm"
        component="blockquote"
        m={0}
        mb="sm"
        pl="sm"
        style={{ borderLeft: "2px solid var(--line)", whiteSpace: "pre-wrap" }}
      >
        {permit.statement}
      </Text>
      <KeyValue
        items={[
          permit.licence !== undefined && ["Licence", permit.licence],
          permit.purposes.length > 0 && ["For", permit.purposes.join(", ")],
          ["Ends", <RelativeTime key="ends" at={permit.expiresAt} absent="no end stated" />],
        ]}
      />
    </Paper>
  );
}
