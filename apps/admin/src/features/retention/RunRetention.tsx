import { Button, List, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useMe } from "../../api/me.ts";
import { ConfirmDanger } from "../../components/ConfirmDanger.tsx";
import { consequences, removesNothing } from "./outlook.ts";
import type { Outlook } from "./retention-type.ts";

interface RunRetentionProps {
  readonly outlook: Outlook;
  readonly onRun: () => Promise<unknown>;
}

/** Asks for the organization's name: a run is about all of it, and an operator may belong to several. */
export function RunRetention({ outlook, onRun }: RunRetentionProps) {
  const [opened, setOpened] = useState(false);
  const name = useMe().organization?.name ?? "retention";
  return (
    <>
      <Button
        variant="default"
        {...(removesNothing(outlook) ? {} : { c: "var(--state-failed)" })}
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Run retention
      </Button>
      <ConfirmDanger
        opened={opened}
        onClose={() => setOpened(false)}
        verb="Run retention"
        name={name}
        consequence={
          <Stack gap="xs">
            <List size="sm" spacing={6}>
              {consequences(outlook).map((sentence) => (
                <List.Item key={sentence}>{sentence}</List.Item>
              ))}
            </List>
            <Text size="sm" fw={600}>
              Bytes and checkpoints that are removed cannot be brought back. What has become due
              since this was counted goes too.
            </Text>
          </Stack>
        }
        onConfirm={onRun}
      />
    </>
  );
}
