import { Paper, Text, Title } from "@mantine/core";
import { Bytes } from "../../components/Bytes.tsx";
import { Digest } from "../../components/Digest.tsx";
import { PlainTable } from "../../components/PlainTable.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import type { Outlook } from "./retention-type.ts";
import { digestIn } from "./words.ts";

/** What the store refuses to give up. Nothing is drawn where there is none. */
export const Held = ({ held }: { held: Outlook["held"] }) =>
  held.length === 0 ? null : (
    <Paper component="section" aria-labelledby="held" p={0}>
      <Title order={2} id="held" px={10} pt="sm">
        Kept by the store
      </Title>
      <Text size="sm" c="dimmed" px={10} pb="xs">
        Nothing refers to these, but a hold or a policy of the store keeps them. It is asked again a
        day after it refused.
      </Text>
      <PlainTable
        label="Objects the store keeps"
        minWidth={640}
        head={[
          { label: "Object" },
          { label: "Size", align: "right" },
          { label: "Because" },
          { label: "Asked" },
        ]}
        rows={held.map((one) => ({
          key: one.name,
          cells: [
            <Digest key="name" value={digestIn(one.name)} />,
            <Bytes key="size" value={one.sizeBytes} />,
            one.refusal,
            <RelativeTime key="asked" at={one.askedAt} />,
          ],
        }))}
      />
    </Paper>
  );
