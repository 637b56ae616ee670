import { Group, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface DuePartProps {
  readonly what: string;
  readonly value: ReactNode;
  readonly beside?: ReactNode;
  /** Why they go, and what becomes of them. */
  readonly children: ReactNode;
}

/** How much of one kind is to be removed, and why. */
export const DuePart = ({ what, value, beside, children }: DuePartProps) => (
  <Paper>
    <Title order={3} size="sm" fw={500} c="dimmed">
      {what}
    </Title>
    <Group gap="xs" align="baseline" mb={4}>
      <Text fz={22} fw={600} lh={1.3} span>
        {value}
      </Text>
      {beside && (
        <Text size="sm" span className="figures">
          {beside}
        </Text>
      )}
    </Group>
    <Text size="sm" c="dimmed" component="div">
      {children}
    </Text>
  </Paper>
);
