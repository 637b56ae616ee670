import { Group, Text, Timeline } from "@mantine/core";
import type { ReactNode } from "react";
import type { Instant } from "../api/types.ts";
import classes from "./EventTimeline.module.css";
import { RelativeTime } from "./RelativeTime.tsx";
import { StatusBadge } from "./StatusBadge.tsx";

export interface TimelineEvent {
  readonly key: string;
  readonly at: Instant | null;
  readonly title: ReactNode;
  readonly status?: string;
  readonly detail?: ReactNode;
}

export const EventTimeline = ({ events }: { events: readonly TimelineEvent[] }) => (
  <Timeline bulletSize={12} lineWidth={1} className={classes.line}>
    {events.map((event) => (
      <Timeline.Item
        key={event.key}
        title={
          <Group gap={8} fz="sm" fw={550} lh={1.4}>
            {event.title} {event.status && <StatusBadge status={event.status} />}
          </Group>
        }
      >
        <Text size="xs" c="dimmed" component="div">
          <RelativeTime at={event.at} absent="not yet" />
        </Text>
        {event.detail && (
          <Text size="sm" component="div" mt={4}>
            {event.detail}
          </Text>
        )}
      </Timeline.Item>
    ))}
  </Timeline>
);
