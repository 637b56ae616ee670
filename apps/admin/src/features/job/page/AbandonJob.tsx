import { useDisclosure } from "@mantine/hooks";
import { whyNotAbandoned } from "@preceptor/domain";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { ConfirmDanger } from "../../../components/ConfirmDanger.tsx";
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
        consequence={`The job ends here without being stopped, because ${job.target} cannot be asked. What it started there may still run, and cost, until somebody ends it there (look for ${attempt.id}) or the target answers again: then it is asked to stop. Checkpoints already taken in are kept, whatever else it wrote is lost, and nothing is accepted from it any more. It is not tried again; launch it again only when you know that the old one does not run.`}
        onConfirm={(reason) => abandon.mutateAsync({ id: job.id, reason })}
      />
    </>
  );
}
