import { Center, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Mark } from "../../frame/Mark.tsx";

/** The frame of every page before the app: sign in, set up, invitation, code. */
export function EntryCard({
  title,
  sentence,
  children,
}: {
  title: string;
  sentence: ReactNode;
  children: ReactNode;
}) {
  useDocumentTitle(`${title} · Preceptor`);
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w={400} maw="100%" gap="lg">
        <Group gap="sm" justify="center">
          <Mark size={34} />
          <Text size="xl" fw={650}>
            Preceptor
          </Text>
        </Group>
        <Paper p="xl" radius="md">
          <Title order={1} mb={4}>
            {title}
          </Title>
          <Text c="dimmed" size="sm" mb="lg" component="div">
            {sentence}
          </Text>
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
