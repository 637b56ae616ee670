import { Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { InviteMember as Invitation, isRole } from "@preceptor/domain";
import { useMutation } from "@tanstack/react-query";
import { queryClient, trpc } from "../../api/client.ts";
import { problemsOf } from "../../api/problem.ts";
import { Dialog } from "../../components/Dialog.tsx";
import { SubmitRow } from "../../components/SubmitRow.tsx";
import { RolesInput } from "./RolesInput.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

export function InviteMember({ onClose }: { onClose: () => void }) {
  const form = useForm<{ name: string; email: string; roles: string[] }>({
    initialValues: { name: "", email: "", roles: [] },
    validate: (values) => problemsOf(Invitation, values),
  });
  const invite = useMutation(
    trpc.access.invite.mutationOptions({
      onSuccess: () =>
        void queryClient.invalidateQueries({ queryKey: trpc.access.invitations.queryKey() }),
    }),
  );
  return (
    <Dialog onClose={onClose} title="Invite a member">
      {invite.data ? (
        <ShownOnce label="One-time link" value={invite.data.url} onDone={onClose}>
          Send this link to {form.values.name} yourself. It works once, lets them choose a password,
          and is not shown again.
        </ShownOnce>
      ) : (
        <form
          noValidate
          onSubmit={form.onSubmit((values) =>
            invite.mutate({ ...values, roles: values.roles.filter(isRole) }),
          )}
        >
          <Stack>
            <TextInput
              label="Name"
              description="As it is printed on a vote"
              data-autofocus
              autoComplete="off"
              {...form.getInputProps("name")}
            />
            <TextInput
              label="Email"
              type="email"
              autoComplete="off"
              {...form.getInputProps("email")}
            />
            <RolesInput {...form.getInputProps("roles")} />
            <SubmitRow
              label="Make the link"
              failed="Nobody was invited"
              error={invite.error}
              busy={invite.isPending}
              leave={{ label: "Not now", press: onClose }}
            />
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
