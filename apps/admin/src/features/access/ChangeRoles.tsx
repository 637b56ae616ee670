import { Alert, Button, Group, Stack } from "@mantine/core";
import { isRole, type Role } from "@preceptor/domain";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient, trpc } from "../../api/client.ts";
import { messageOf } from "../../api/error.ts";
import { Dialog } from "../../components/Dialog.tsx";
import { HeldButton } from "../../components/HeldButton.tsx";
import { notifyDone } from "../../components/notify.ts";
import { RolesInput } from "./RolesInput.tsx";

interface ChangeRolesProps {
  readonly member: { userId: string; name: string; roles: readonly Role[] };
  readonly onClose: () => void;
}

export function ChangeRoles({ member, onClose }: ChangeRolesProps) {
  const [chosen, setChosen] = useState<string[]>([...member.roles]);
  const change = useMutation(
    trpc.access.setRoles.mutationOptions({
      onSuccess: () => {
        notifyDone(`${member.name}’s roles are changed`);
        void queryClient.invalidateQueries({ queryKey: trpc.access.pathKey() });
        onClose();
      },
    }),
  );
  return (
    <Dialog onClose={onClose} title={`Roles of ${member.name}`}>
      <Stack>
        <RolesInput
          value={chosen}
          onChange={setChosen}
          error={chosen.length === 0 ? "Choose at least one role" : undefined}
        />
        {change.isError && (
          <Alert color="red" role="alert">
            {messageOf(change.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep them
          </Button>
          <HeldButton
            loading={change.isPending}
            why={chosen.length === 0 ? "Choose at least one role first" : undefined}
            onClick={() => change.mutate({ userId: member.userId, roles: chosen.filter(isRole) })}
          >
            Change the roles
          </HeldButton>
        </Group>
      </Stack>
    </Dialog>
  );
}
