import { Tooltip } from "@mantine/core";
import type { Instant } from "../api/types.ts";
import { formatDuration, formatExact, formatRelative, toDate } from "./format.ts";
import { useNow } from "./use-now.ts";

/** "3 min ago", with the exact time and its zone on hover and focus. */
export function RelativeTime({
  at,
  absent = "–",
}: {
  at: Instant | null | undefined;
  absent?: string;
}) {
  const now = useNow();
  if (at === null || at === undefined) return <>{absent}</>;
  return (
    <Tooltip label={formatExact(at)} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={toDate(at).toISOString()}>{formatRelative(at, now)}</time>
    </Tooltip>
  );
}

/** How long it took, or has taken so far. */
export function Elapsed({
  from,
  to,
}: {
  from: Instant | null | undefined;
  to: Instant | null | undefined;
}) {
  const now = useNow();
  if (from === null || from === undefined) return <>–</>;
  const end = to === null || to === undefined ? now : toDate(to).getTime();
  return <span className="figures">{formatDuration(end - toDate(from).getTime())}</span>;
}
