import { Button, Group, Paper } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useMemo } from "react";
import { stringify } from "yaml";

function TextBlock({ text, label }: { text: string; label: string }) {
  const { copied, copy } = useClipboard({ timeout: 1500 });
  return (
    <Paper p={0} style={{ overflow: "hidden" }}>
      <Group
        justify="space-between"
        px="sm"
        py={6}
        style={{ borderBottom: "1px solid var(--line)" }}
      >
        <span style={{ fontSize: "0.8125rem", color: "var(--mantine-color-dimmed)" }}>{label}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => copy(text)}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      </Group>
      <pre
        className="mono"
        // Long text scrolls inside the block, so the block must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={label}
        style={{ margin: 0, padding: 12, overflow: "auto", maxHeight: 560, lineHeight: 1.55 }}
      >
        {text}
      </pre>
    </Paper>
  );
}

/** A value as YAML, as its author would write it. */
export function YamlView({ value, label = "YAML" }: { value: unknown; label?: string }) {
  const text = useMemo(() => stringify(value, { lineWidth: 0 }), [value]);
  return <TextBlock text={text} label={label} />;
}
