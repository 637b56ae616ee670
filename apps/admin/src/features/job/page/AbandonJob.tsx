import { Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { whyNotAbandoned } from "@preceptor/domain";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { ConfirmDanger } from "../../../components/ConfirmDanger.tsx";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { HeldButton } from "../../../components/HeldButton.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useNow } from "../../../components/use-now.ts";
import type { JobNow } from "./job-type.ts";

/** How long nothing must have been heard before people who wait for it are shown that there is a way out. */
const SHOWN_AFTER_MS = 5 * 60_000;

/** For a job whose target does not come back: shown where nothing is heard, and held until it may be done. */
export function AbandonJob({ job }: { job: JobNow }) {
  const [asking, ask] = useDisclosure(false);
  const may = useMay("job:abandon");
  const now = useNow();
  const queryClient = useQueryClient();
  const abandon = useMutation(
    trpc.job.abandon.mutationOptions({
      onSuccess: (after) => {
        queryClient.setQueryData(trpc.job.get.queryKey({ id: job.id }), after);
        notifyDone("The job was abandoned", "It is not tried again by itself.");
      },
    }),
  );
  const attempt = job.attemptList.at(-1);
  const heard = attempt && (attempt.lastObservedAt ?? attempt.preparedAt);
  if (!may || !attempt || !heard) return null;
  const lastReadAt = new Date(heard);
  const waits = job.status === "queued" || job.status === "finalizing";
  if (waits || now - lastReadAt.getTime() < SHOWN_AFTER_MS) return null;
  return (
    <>
      <HeldButton
        variant="default"
        leftSection={<IconPlugConnectedX size={15} aria-hidden />}
        why={whyNotAbandoned({ status: job.status, lastReadAt }, new Date(now)) ?? undefined}
        onClick={ask.open}
      >
        Abandon
      </HeldButton>
      <ConfirmDanger
        opened={asking}
        onClose={ask.close}
        verb="Abandon the job"
        name={job.name}
        withReason
        consequence={<WhatHappens target={job.target} attemptId={attempt.id} />}
        onConfirm={(reason) => abandon.mutateAsync({ id: job.id, reason })}
      />
    </>
  );
}

const WhatHappens = ({ target, attemptId }: { target: string; attemptId: string }) => (
  <Stack gap="xs">
    <span>
      The job ends here without being stopped, because its target <b>{target}</b> cannot be asked.
      It is not tried again.
    </span>
    <span>
      What it started there <b>may still run, and cost</b>, until somebody ends it there (look for{" "}
      <CopyableId value={attemptId} what="attempt id" />) or the target answers again: then it is
      asked to stop. Launch the job again only when you know that the old one does not run.
    </span>
    <span>
      Checkpoints already taken in are kept. Whatever else it wrote is lost, and nothing is accepted
      from it any more.
    </span>
  </Stack>
);
