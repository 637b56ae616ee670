import { Box, Group, Progress, Text } from "@mantine/core";
import type { PartNow } from "./traffic-words.ts";

/** Told apart by their order and their words too, never by colour alone. */
const colours = ["var(--mantine-color-petrol-6)", "var(--mantine-color-yellow-6)"] as const;
export const colourOf = (part: Pick<PartNow, "routed">): string => colours[part.routed ? 0 : 1];

/** Who answers how much of the requests, as a bar with its numbers. */
export function TrafficBar({ parts }: { parts: readonly PartNow[] }) {
  const live = parts.filter(({ percent }) => percent > 0);
  const copied = parts.filter(({ mirrorPercent }) => mirrorPercent > 0);
  return (
    <div>
      <Progress.Root size={14} radius="sm" aria-hidden>
        {live.map((part) => (
          <Progress.Section key={part.deploymentId} value={part.percent} color={colourOf(part)} />
        ))}
      </Progress.Root>
      <Group gap="md" mt={6}>
        {live.map((part) => (
          <Legend key={part.deploymentId} colour={colourOf(part)}>
            {part.model} <b className="figures">{part.percent} %</b>
          </Legend>
        ))}
        {copied.map((part) => (
          <Legend key={part.deploymentId} colour={null}>
            {part.model} <b className="figures">copies of {part.mirrorPercent} %</b>
          </Legend>
        ))}
      </Group>
    </div>
  );
}

const Legend = ({ colour, children }: { colour: string | null; children: React.ReactNode }) => (
  <Group gap={6} wrap="nowrap">
    <Box
      w={10}
      h={10}
      aria-hidden
      style={{
        flex: "none",
        borderRadius: 2,
        background: colour ?? "none",
        border: colour ? "none" : "1px dashed var(--mantine-color-dimmed)",
      }}
    />
    <Text size="sm" component="span">
      {children}
    </Text>
  </Group>
);
