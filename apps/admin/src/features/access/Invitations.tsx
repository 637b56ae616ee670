import { Button, Paper, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient, trpc } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { ConfirmDanger } from "../../components/ConfirmDanger.tsx";
import { ErrorState } from "../../components/ErrorState.tsx";
import { notifyDone } from "../../components/notify.ts";
import { PlainTable } from "../../components/PlainTable.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { roleWords } from "./role-words.ts";

/** Links that were handed out and not used: each would let somebody in. Nothing is drawn where there is none. */
export function Invitations() {
  const mayManage = useMay("access:manage");
  const [revoking, setRevoking] = useState<string | null>(null);
  const open = useQuery(
    trpc.access.invitations.queryOptions(undefined, { refetchInterval: 5_000 }),
  );
  const revoke = useMutation(
    trpc.access.revokeInvitation.mutationOptions({
      onSuccess: (_, { email }) => {
        notifyDone(`The invitation of ${email} works no more`);
        return queryClient.invalidateQueries({ queryKey: trpc.access.pathKey() });
      },
    }),
  );
  if (open.isError)
    return (
      <ErrorState
        title="The open invitations could not be loaded"
        error={open.error}
        onRetry={() => void open.refetch()}
      />
    );
  if (!open.data || open.data.length === 0) return null;
  return (
    <Paper component="section" aria-labelledby="invited" p={0} mt="lg">
      <Title order={2} id="invited" px={10} pt="sm">
        Invited, not yet here
      </Title>
      <Text size="sm" c="dimmed" px={10} pb="xs">
        Each has a link that works once. Somebody who lost theirs is invited again.
      </Text>
      <PlainTable
        label="Open invitations"
        minWidth={720}
        head={[
          { label: "Name" },
          { label: "Email" },
          { label: "Roles" },
          { label: "Invited" },
          { label: "Works until" },
          ...(mayManage ? [{ label: "Actions", align: "right" as const }] : []),
        ]}
        rows={open.data.map((one) => ({
          // Whoever was invited twice has two links.
          key: `${one.email} ${one.createdAt}`,
          cells: [
            one.name,
            one.email,
            one.roles.map((role) => roleWords[role].label).join(", "),
            <RelativeTime key="invited" at={one.createdAt} />,
            <RelativeTime key="until" at={one.expiresAt} />,
            ...(mayManage
              ? [
                  <Button
                    key="revoke"
                    size="compact-xs"
                    variant="subtle"
                    aria-label={`Take back the invitation of ${one.name}, ${one.email}`}
                    onClick={() => setRevoking(one.email)}
                  >
                    Take back
                  </Button>,
                ]
              : []),
          ],
        }))}
      />
      {revoking && (
        <ConfirmDanger
          opened
          onClose={() => setRevoking(null)}
          verb="Take back the invitation"
          name={revoking}
          consequence="Every link made for this address stops working at once. It can be invited again."
          onConfirm={() => revoke.mutateAsync({ email: revoking })}
        />
      )}
    </Paper>
  );
}
