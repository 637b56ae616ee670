import { Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Bytes } from "../../components/Bytes.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { DueCheckpoints } from "./DueCheckpoints.tsx";
import { DuePart } from "./DuePart.tsx";
import { checkpointAmount, removesNothing, whyCheckpoints } from "./outlook.ts";
import type { Outlook } from "./retention-type.ts";
import { counted, graceHours } from "./words.ts";

/** What a run that began now would do, by what it is done to. */
export function DueNow({ outlook }: { outlook: Outlook }) {
  const { checkpoints, more, expiredUploads, due } = outlook;
  const marked = checkpointAmount(outlook);
  if (removesNothing(outlook))
    return (
      <Paper p={0}>
        <EmptyState
          icon={IconCircleCheck}
          title="Nothing is to be removed now"
          sentence="Every job’s checkpoints are as it asks, no upload is overdue, and no stored object is due."
        />
      </Paper>
    );
  return (
    <section aria-labelledby="due">
      <Stack gap="sm">
        <Title order={2} id="due">
          To be removed now
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <DuePart
            what="Stored objects"
            value={due.objects === 0 ? "none" : <Bytes value={due.bytes} />}
            beside={due.objects === 0 ? null : counted(due.objects, "object")}
          >
            {due.objects === 0 ? (
              "No stored object is due."
            ) : (
              <>
                Nothing has referred to them for {graceHours} hours or more; the first was found{" "}
                <RelativeTime at={due.since} />. They leave the store.
              </>
            )}
          </DuePart>
          <DuePart
            what="Checkpoints"
            value={
              marked.objects > 0 ? <Bytes value={marked.bytes} /> : more ? "not counted" : "none"
            }
            beside={
              marked.objects > 0 &&
              `${counted(marked.objects, "checkpoint")}${more ? " and more" : ""}`
            }
          >
            {whyCheckpoints(outlook)}
          </DuePart>
          <DuePart
            what="Uploads"
            value={expiredUploads === 0 ? "none" : counted(expiredUploads, "upload")}
          >
            {expiredUploads === 0
              ? "No upload is overdue."
              : `Nobody finished them, and their time was over ${graceHours} hours ago. They are ended, so that their bytes may go.`}
          </DuePart>
        </SimpleGrid>
        {checkpoints.length > 0 && <DueCheckpoints rows={checkpoints} />}
        {more && (
          <Text size="sm" c="dimmed">
            There are more checkpoints than are shown here.
          </Text>
        )}
      </Stack>
    </section>
  );
}
