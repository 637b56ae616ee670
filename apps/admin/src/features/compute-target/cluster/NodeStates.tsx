import { Group, Text } from "@mantine/core";
import type { ClusterNow } from "../target-type.ts";

const states = [
  ["running", "run", "var(--state-active)"],
  ["idle", "idle", "var(--state-waiting)"],
  ["preparing", "starting", "var(--state-active)"],
  ["leaving", "leaving", "var(--state-waiting)"],
  ["preempted", "taken back", "var(--state-unknown)"],
  ["unusable", "broken", "var(--state-failed)"],
] as const;

/** How many nodes are in which state; states nobody is in are left out. */
export function NodeStates({ nodes }: { nodes: ClusterNow["nodes"] }) {
  const present = states.filter(([state]) => nodes[state] > 0);
  if (present.length === 0)
    return (
      <Text size="sm" c="dimmed">
        none now
      </Text>
    );
  return (
    <Group gap={8}>
      {present.map(([state, word, color]) => (
        <Text key={state} size="sm" component="span" className="figures" c={color}>
          {nodes[state]} {word}
        </Text>
      ))}
    </Group>
  );
}
