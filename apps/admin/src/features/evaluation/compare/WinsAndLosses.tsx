import { Group, Paper, Text, Title } from "@mantine/core";
import { formatCount } from "../../../components/format.ts";
import type { ComparisonNow } from "./Comparison.tsx";

/** On how many items either was the better one, as one bar and in words. */
export function WinsAndLosses({ comparison }: { comparison: ComparisonNow }) {
  const { wins, ties, losses } = comparison;
  const all = wins + ties + losses;
  const parts = [
    { label: "Candidate better", count: wins, color: "var(--state-done)" },
    { label: "Both alike", count: ties, color: "var(--state-waiting)" },
    { label: "Candidate worse", count: losses, color: "var(--state-failed)" },
  ];
  return (
    <Paper>
      <Title order={2} mb="sm">
        Item by item
      </Title>
      <div
        aria-hidden
        style={{ display: "flex", gap: 2, height: 12, borderRadius: 6, overflow: "hidden" }}
      >
        {parts.map(
          (part) =>
            part.count > 0 && (
              <div
                key={part.label}
                style={{ flexGrow: part.count, background: part.color, opacity: 0.75 }}
              />
            ),
        )}
      </div>
      <Group gap="xl" mt="sm">
        {parts.map((part) => (
          <div key={part.label}>
            <Group gap={6}>
              <span
                aria-hidden
                style={{ width: 10, height: 10, borderRadius: 3, background: part.color }}
              />
              <Text size="sm" c="dimmed">
                {part.label}
              </Text>
            </Group>
            <Text fw={600} className="figures">
              {formatCount(part.count)}{" "}
              <Text span size="sm" c="dimmed" fw={400}>
                {all > 0 && `${((100 * part.count) / all).toFixed(1)} %`}
              </Text>
            </Text>
          </div>
        ))}
      </Group>
    </Paper>
  );
}
