import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";

const exampleFor = (purpose: string): string =>
  `curl "$PRECEPTOR_GATEWAY/v1/chat/completions" \\
  -H "Authorization: Bearer $PRECEPTOR_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{ "model": "${purpose}", "messages": [{ "role": "user", "content": "Your text" }] }'`;

/** How a program calls the purpose; never a model by name, so that it follows every promotion and roll-back. */
export function CallExample({ purpose }: { purpose: string }) {
  const text = exampleFor(purpose);
  const { copied, copy } = useClipboard({ timeout: 1500 });
  return (
    <Paper>
      <Group justify="space-between" mb={4}>
        <Title order={2}>Call it</Title>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => copy(text)}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        Through the gateway, as any OpenAI-compatible client does. Set PRECEPTOR_GATEWAY to the
        gateway’s address (port 4700 unless set otherwise) and PRECEPTOR_API_KEY to a key from{" "}
        <NounLink href={`${pathOf.members()}?tab=keys`}>API keys</NounLink>.
      </Text>
      <pre
        className="mono"
        aria-label="Example call"
        // Long text scrolls inside the block, so the block must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        style={{
          margin: 0,
          padding: 12,
          overflow: "auto",
          background: "var(--surface-sunken)",
          lineHeight: 1.55,
        }}
      >
        {text}
      </pre>
    </Paper>
  );
}
