import { Alert, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconCopy, IconHourglass, IconPlayerStop } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { ConfirmDanger } from "../../../components/ConfirmDanger.tsx";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { Elapsed, RelativeTime } from "../../../components/RelativeTime.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { HeldButton } from "../../../components/HeldButton.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { AbandonJob } from "./AbandonJob.tsx";
import type { JobNow } from "./job-type.ts";

export function JobHeader({ job, live }: { job: JobNow; live: boolean }) {
  const [asking, ask] = useDisclosure(false);
  const mayCancel = useMay("job:cancel");
  const mayLaunch = useMay("job:submit");
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.job.cancel.mutationOptions({
      onSuccess: (after) => queryClient.setQueryData(trpc.job.get.queryKey({ id: job.id }), after),
    }),
  );
  return (
    <>
      <PageHeader
        title={job.name}
        trail={[{ label: "Jobs", href: pathOf.jobs() }]}
        beside={<StatusBadge status={job.status} detail={job.message} size="md" />}
        actions={
          <>
            {mayLaunch && (
              <Button
                component={Link}
                to={pathOf.launch(job.id)}
                variant="default"
                leftSection={<IconCopy size={15} aria-hidden />}
              >
                Launch again with changes
              </Button>
            )}
            {live && <AbandonJob job={job} />}
            {mayCancel && live && (
              <HeldButton
                variant="default"
                leftSection={<IconPlayerStop size={15} aria-hidden />}
                why={job.status === "cancelling" ? "It is being cancelled already" : undefined}
                onClick={ask.open}
              >
                Cancel the job
              </HeldButton>
            )}
          </>
        }
        sentence={
          <Group gap="sm" component="span">
            <CopyableId value={job.id} />
            <Text span size="sm">
              {job.kind} by {job.submittedBy.name}, <RelativeTime at={job.createdAt} />
              {job.startedAt && (
                <>
                  , {live ? "for" : "took"} <Elapsed from={job.startedAt} to={job.endedAt} />
                  {live && " so far"}
                </>
              )}
            </Text>
          </Group>
        }
      />
      <StateExplained job={job} />
      <ConfirmDanger
        opened={asking}
        onClose={ask.close}
        verb="Cancel the job"
        name={job.name}
        consequence="All its processes are stopped, on every node. Checkpoints already written are kept and can be launched from; the job itself does not run again."
        onConfirm={() => cancel.mutateAsync({ id: job.id })}
      />
    </>
  );
}

const reasonWords = (reason: string | null): string | null =>
  reason && `${reason.charAt(0).toUpperCase()}${reason.slice(1).replaceAll("-", " ")}`;

/** Why the job is in its state, where there is more to say than the state's own word. */
function StateExplained({ job }: { job: JobNow }) {
  if (!job.message || job.status === "succeeded") return null;
  const heard = job.attemptList.at(-1)?.lastObservedAt;
  const color = job.status === "failed" ? "red" : job.status === "unknown" ? "yellow" : "gray";
  return (
    <Alert
      color={color}
      variant="light"
      mb="md"
      icon={color === "gray" ? <IconHourglass aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={reasonWords(job.reason)}
    >
      <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
        {job.message}
      </Text>
      {job.status === "unknown" && heard && (
        <Text size="sm" mt={4}>
          Last heard of <RelativeTime at={heard} />.
        </Text>
      )}
      {job.status === "failed" && (
        <Text size="sm" mt={4}>
          What was written before is kept. Read the{" "}
          <Link to={pathOf.job(job.id)} search={{ tab: "logs" }} className="link">
            last lines of the log
          </Link>
          , then launch again with changes.
        </Text>
      )}
    </Alert>
  );
}
