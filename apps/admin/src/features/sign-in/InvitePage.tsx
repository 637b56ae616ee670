import { PasswordInput, Stack } from "@mantine/core";
import { hasLength, matchesField, useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { trpc } from "../../api/client.ts";
import { fieldsOf, messageOf } from "../../api/error.ts";
import { Loading } from "../../components/Loading.tsx";
import { SubmitRow } from "../../components/SubmitRow.tsx";
import { authClient } from "./auth-client.ts";
import { EntryCard } from "./EntryCard.tsx";

/** An invited member chooses a password; the link works once. */
export function InvitePage() {
  const { token = "" } = useSearch({ from: "/invite" });
  const invitation = useQuery(trpc.access.invitation.queryOptions({ token }, { retry: false }));
  const form = useForm({
    initialValues: { password: "", again: "" },
    validate: {
      password: hasLength({ min: 10 }, "At least ten characters"),
      again: matchesField("password", "The two are not the same"),
    },
  });
  const accept = useMutation(
    trpc.access.acceptInvitation.mutationOptions({
      onSuccess: async ({ email }) => {
        const { error } = await authClient.signIn.email({ email, password: form.values.password });
        window.location.assign(error ? "/sign-in" : "/");
      },
    }),
  );
  if (invitation.isPending)
    return (
      <EntryCard title="Invitation" sentence={<Loading what="Reading the invitation" h={14} />}>
        {null}
      </EntryCard>
    );
  if (invitation.isError)
    return (
      <EntryCard
        title="This invitation does not work"
        sentence={
          fieldsOf(invitation.error).length > 0
            ? "The link is not whole: it may have been cut when it was copied."
            : messageOf(invitation.error)
        }
      >
        Open it exactly as it was sent to you, or ask whoever invited you for a new link.
      </EntryCard>
    );
  const { name, email, organization } = invitation.data;
  return (
    <EntryCard
      title={`Welcome, ${name}`}
      sentence={
        <>
          {organization} invited you as <b>{email}</b>. Choose the password you will sign in with.
        </>
      }
    >
      <form
        onSubmit={form.onSubmit(({ password }) => accept.mutate({ token, password }))}
        noValidate
      >
        <Stack>
          <PasswordInput
            label="Password"
            description="At least ten characters; a sentence is easy to remember"
            autoComplete="new-password"
            autoFocus
            {...form.getInputProps("password")}
          />
          <PasswordInput
            label="Once more"
            autoComplete="new-password"
            {...form.getInputProps("again")}
          />
          <SubmitRow label="Keep this password" error={accept.error} busy={accept.isPending} wide />
        </Stack>
      </form>
    </EntryCard>
  );
}
