import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { activeJobStatuses } from "@preceptor/domain";
import { IconArrowsSplit2, IconPlayerStop } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { client, queryClient } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { ConfirmDanger } from "../../components/ConfirmDanger.tsx";
import { HeldButton } from "../../components/HeldButton.tsx";
import { notifyDone } from "../../components/notify.ts";
import { pathOf } from "../../frame/paths.ts";
import type { JobRow } from "./job-columns.tsx";

/** What can be done with the selected rows. */
export function SelectedJobs({ jobs, onDone }: { jobs: readonly JobRow[]; onDone: () => void }) {
  const [asking, ask] = useDisclosure(false);
  const mayCancel = useMay("job:cancel");
  const stoppable = jobs.filter((job) => activeJobStatuses.includes(job.status));
  const comparable = jobs.length >= 2 && jobs.length <= 5;
  const cancel = async () => {
    for (const job of stoppable) await client.job.cancel.mutate({ id: job.id });
    notifyDone(
      stoppable.length === 1
        ? "The job is being cancelled"
        : `${stoppable.length} jobs are being cancelled`,
    );
    await queryClient.invalidateQueries({ queryKey: ["pages", "jobs"] });
    onDone();
  };
  return (
    <Group gap="xs">
      <Text size="sm" fw={550}>
        {jobs.length} selected
      </Text>
      {comparable ? (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowsSplit2 size={15} aria-hidden />}
          renderRoot={(props) => <Link to={pathOf.compare(jobs.map((job) => job.id))} {...props} />}
        >
          Compare
        </Button>
      ) : (
        <HeldButton
          size="xs"
          variant="default"
          leftSection={<IconArrowsSplit2 size={15} aria-hidden />}
          why="Select two to five jobs to compare them"
        >
          Compare
        </HeldButton>
      )}
      {mayCancel && (
        <HeldButton
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={15} aria-hidden />}
          why={stoppable.length === 0 ? "None of the selected jobs is still going" : undefined}
          onClick={ask.open}
        >
          Cancel {stoppable.length > 0 ? stoppable.length : ""}
        </HeldButton>
      )}
      <Button size="xs" variant="subtle" color="gray" onClick={onDone}>
        Clear the selection
      </Button>
      <ConfirmDanger
        opened={asking}
        onClose={ask.close}
        verb="Cancel the selected jobs"
        name={stoppable.length === 1 ? (stoppable[0]?.name ?? "") : `${stoppable.length} jobs`}
        consequence="Their processes are stopped. Checkpoints already written are kept; nothing of them runs again."
        onConfirm={cancel}
      />
    </Group>
  );
}
