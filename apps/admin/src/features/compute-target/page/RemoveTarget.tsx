import { Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, queryClient, trpc } from "../../../api/client.ts";
import { ConfirmDanger } from "../../../components/ConfirmDanger.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { pathOf } from "../../../frame/paths.ts";

export function RemoveTarget({ name }: { name: string }) {
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  return (
    <>
      <Button
        variant="default"
        c="var(--state-failed)"
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Remove
      </Button>
      <ConfirmDanger
        opened={opened}
        onClose={() => setOpened(false)}
        verb="Remove the target"
        name={name}
        consequence="Preceptor forgets this target; machines and data at its provider stay as they are. A target that a job or deployment names cannot be removed."
        onConfirm={async () => {
          await client.computeTarget.remove.mutate({ target: name });
          notifyDone(`${name} is removed`);
          void navigate({ href: pathOf.compute() });
          await queryClient.invalidateQueries({ queryKey: trpc.computeTarget.list.queryKey() });
        }}
      />
    </>
  );
}
