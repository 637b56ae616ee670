import { Group, Text, Tooltip } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader2,
} from "@tabler/icons-react";
import { describeStatus, type Tone } from "./status-vocabulary.ts";

const looks: Record<Tone, { icon: typeof IconBan; color: string }> = {
  active: { icon: IconLoader2, color: "var(--state-active)" },
  waiting: { icon: IconCircleDashed, color: "var(--state-waiting)" },
  done: { icon: IconCircleCheck, color: "var(--state-done)" },
  failed: { icon: IconCircleX, color: "var(--state-failed)" },
  unknown: { icon: IconAlertTriangle, color: "var(--state-unknown)" },
  ended: { icon: IconBan, color: "var(--state-waiting)" },
};

export interface StatusBadgeProps {
  readonly status: string;
  /** Why, in a sentence: shown on hover. */
  readonly detail?: string | null | undefined;
  readonly size?: "sm" | "md";
}

/** Icon, word and colour of any state; never colour alone. */
export function StatusBadge({ status, detail, size = "sm" }: StatusBadgeProps) {
  const { word, tone } = describeStatus(status);
  const { icon: Icon, color } = looks[tone];
  return (
    <Tooltip label={detail} disabled={!detail}>
      <Group
        gap={6}
        wrap="nowrap"
        style={{ color, display: "inline-flex", verticalAlign: "middle" }}
        data-status={status}
      >
        <Icon
          size={size === "sm" ? 16 : 20}
          stroke={1.9}
          aria-hidden
          className={tone === "active" ? "state-moving" : undefined}
          style={{ flexShrink: 0 }}
        />
        <Text span size={size} fw={550} c="inherit" style={{ whiteSpace: "nowrap" }}>
          {word}
        </Text>
      </Group>
    </Tooltip>
  );
}
