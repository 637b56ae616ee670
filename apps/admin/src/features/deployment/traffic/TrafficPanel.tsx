import { Collapse, Stack, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { EventTimeline } from "../../../components/EventTimeline.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { ShareDialog, type ShareMove } from "./ShareDialog.tsx";
import { TrafficBar } from "./TrafficBar.tsx";
import { TrafficRow } from "./TrafficRow.tsx";
import { type PartNow, splitInWords, type TrafficNow } from "./traffic-words.ts";

/** Who answers a purpose's requests: the split, each deployment's last hour, what may be done, and how it came to this. */
export function TrafficPanel({ purpose }: { purpose: string }) {
  const query = useQuery({
    ...trpc.deployment.traffic.queryOptions({ purpose }),
    refetchInterval: 5_000,
  });
  if (query.data) return <TrafficOf traffic={query.data} />;
  return query.isError ? (
    <ErrorState
      title="Who answers could not be loaded"
      error={query.error}
      onRetry={() => void query.refetch()}
    />
  ) : (
    <Loading what="Loading who answers" h={90} />
  );
}

function TrafficOf({ traffic }: { traffic: TrafficNow }) {
  const { deployments, changes } = traffic;
  const mayShare = useMay("deployment:share");
  // What the dialog is about stays as it was looked at, while the screen goes on.
  const [moving, setMoving] = useState<{
    move: ShareMove;
    part: PartNow;
    traffic: TrafficNow;
  } | null>(null);
  if (deployments.length === 0 && changes.length === 0) return null;
  const somethingRouted = deployments.some(({ routed }) => routed);
  return (
    <Stack gap="sm">
      {somethingRouted && <TrafficBar parts={deployments} />}
      {deployments.length > 0 && (
        <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {deployments.map((part) => (
            <TrafficRow
              key={part.deploymentId}
              part={part}
              somethingRouted={somethingRouted}
              mayShare={mayShare}
              onMove={(move) => setMoving({ move, part, traffic })}
            />
          ))}
        </Stack>
      )}
      {changes.length > 0 && <Changes changes={changes} />}
      {moving && <ShareDialog {...moving} onClose={() => setMoving(null)} />}
    </Stack>
  );
}

function Changes({ changes }: Pick<TrafficNow, "changes">) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={opened} fz="sm" c="var(--link)">
        {opened ? "Hide" : "Show"} how it came to this ({changes.length})
      </UnstyledButton>
      <Collapse expanded={opened}>
        {opened && (
          <Stack mt="sm">
            <EventTimeline
              events={changes.map(({ id, at, by, reason, before, after }) => ({
                key: id,
                at,
                title: splitInWords(after),
                detail: (
                  <>
                    <Text size="sm" span>
                      {by}: {reason}
                    </Text>
                    <Text size="xs" c="dimmed">
                      before: {splitInWords(before)}
                    </Text>
                  </>
                ),
              }))}
            />
          </Stack>
        )}
      </Collapse>
    </div>
  );
}
