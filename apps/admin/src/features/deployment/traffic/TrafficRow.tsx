import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { HeldButton } from "../../../components/HeldButton.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { pathOf } from "../../../frame/paths.ts";
import type { ShareMove } from "./ShareDialog.tsx";
import { figuresInWords, hasPart, type PartNow, partInWords } from "./traffic-words.ts";

interface TrafficRowProps {
  readonly part: PartNow;
  readonly somethingRouted: boolean;
  readonly mayShare: boolean;
  readonly onMove: (move: ShareMove) => void;
}

/** One running deployment of a purpose: what it has, how it did in the last hour, and what may be done about it. */
export function TrafficRow({ part, somethingRouted, mayShare, onMove }: TrafficRowProps) {
  const { answered, mirrored, passedOn } = part.lastHour;
  const share = hasPart(part) ? "Change the share…" : "Give a share…";
  const movable = mayShare && !part.routed && part.desired === "serving";
  return (
    <Group justify="space-between" align="flex-start" gap="sm" component="li">
      <Stack gap={2} miw={0}>
        <Group gap="xs">
          <NounLink href={pathOf.deployment(part.deploymentId)}>{part.model}</NounLink>
          <Badge size="sm" variant="light" tt="none" color={part.percent > 0 ? "petrol" : "gray"}>
            {partInWords(part)}
          </Badge>
          {part.status !== "healthy" && <StatusBadge status={part.status} />}
        </Group>
        <Text size="sm" c="dimmed">
          Last hour: {figuresInWords(answered)}
          {mirrored.requests > 0 && `; ${figuresInWords(mirrored, true)}`}
          {passedOn > 0 &&
            `; ${passedOn} it could not take ${passedOn === 1 ? "was" : "were"} answered by the routed one`}
        </Text>
      </Stack>
      {movable && (
        <Group gap="xs">
          {somethingRouted && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${share}: ${part.model}`}
              onClick={() => onMove("share")}
            >
              {share}
            </Button>
          )}
          {part.stage !== "shadow" && (
            <HeldButton
              size="compact-sm"
              variant="default"
              aria-label={`Promote to 100 %: ${part.model}`}
              why={part.status === "healthy" ? undefined : `It is ${part.status}, not healthy`}
              onClick={() => onMove("promote")}
            >
              Promote to 100 %
            </HeldButton>
          )}
          {hasPart(part) && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Take back: ${part.model}`}
              onClick={() => onMove("take-back")}
            >
              Take back
            </Button>
          )}
        </Group>
      )}
    </Group>
  );
}
