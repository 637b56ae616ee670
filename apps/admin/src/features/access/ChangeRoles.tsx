import { Stack } from "@mantine/core";
import { isRole, type Role } from "@preceptor/domain";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient, trpc } from "../../api/client.ts";
import { Dialog } from "../../components/Dialog.tsx";
import { notifyDone } from "../../components/notify.ts";
import { SubmitRow } from "../../components/SubmitRow.tsx";
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
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0)
            change.mutate({ userId: member.userId, roles: chosen.filter(isRole) });
        }}
      >
        <Stack>
          <RolesInput
            first
            value={chosen}
            onChange={setChosen}
            error={chosen.length === 0 ? "Choose at least one role" : undefined}
          />
          <SubmitRow
            label="Change the roles"
            failed="The roles are as they were"
            error={change.error}
            busy={change.isPending}
            why={chosen.length === 0 ? "Choose at least one role first" : undefined}
            leave={{ label: "Keep them", press: onClose }}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
