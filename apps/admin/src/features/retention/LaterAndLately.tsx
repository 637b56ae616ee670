import { SimpleGrid, Text } from "@mantine/core";
import { KeyValue } from "../../components/KeyValue.tsx";
import { NounLink } from "../../components/NounLink.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { Section } from "../../components/Section.tsx";
import { pathOf } from "../../frame/paths.ts";
import type { Outlook } from "./retention-type.ts";
import { amountText, graceHours, memoryDays } from "./words.ts";

/** What is not due yet, and what is gone already, whoever removed it. */
export function LaterAndLately({ outlook: { waiting, removing, lately } }: { outlook: Outlook }) {
  const { checkpoints, objects } = lately;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Section
        title="Not yet due"
        lead={`Stored objects that nothing refers to wait ${graceHours} hours; what is needed again in that time stays.`}
      >
        <KeyValue
          items={[
            ["Waiting", amountText(waiting)],
            waiting.nextDueAt !== null && [
              "First due",
              <RelativeTime key="due" at={waiting.nextDueAt} />,
            ],
            removing.objects > 0 && ["Being removed", amountText(removing)],
          ]}
        />
      </Section>
      <Section
        title={`Removed in the last ${memoryDays} days`}
        lead="By the worker and by every operator’s run."
      >
        <KeyValue
          items={[
            ["Left the store", amountText(objects)],
            objects.lastAt !== null && ["Last", <RelativeTime key="gone" at={objects.lastAt} />],
            ["Marked as removed", amountText(checkpoints, "checkpoint")],
            checkpoints.lastAt !== null && [
              "Last marked",
              <RelativeTime key="marked" at={checkpoints.lastAt} />,
            ],
          ]}
        />
        <Text size="sm" mt="sm">
          By whom and when:{" "}
          <NounLink href={pathOf.audit("retention")}>objects in the audit log</NounLink>,{" "}
          <NounLink href={pathOf.audit("checkpoint")}>checkpoints in the audit log</NounLink>
        </Text>
      </Section>
    </SimpleGrid>
  );
}
