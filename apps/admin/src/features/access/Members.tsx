import { Button, Group } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient, trpc } from "../../api/client.ts";
import { useMay, useMe } from "../../api/me.ts";
import type { Outputs } from "../../api/types.ts";
import { ConfirmDanger } from "../../components/ConfirmDanger.tsx";
import type { Column } from "../../components/data-table/column.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { notifyDone } from "../../components/notify.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { ChangeRoles } from "./ChangeRoles.tsx";
import { Invitations } from "./Invitations.tsx";
import { roleWords } from "./role-words.ts";

type MemberRow = Outputs["access"]["members"][number];
const rolesOf = (member: MemberRow): string =>
  member.roles.map((role) => roleWords[role].label).join(", ");

const columnsFor = (
  myId: string,
  does: { change(member: MemberRow): void; remove(member: MemberRow): void } | null,
): readonly Column<MemberRow>[] => [
  {
    key: "name",
    header: "Name",
    cell: (one) => `${one.name}${one.userId === myId ? " (you)" : ""}`,
    value: (one) => one.name,
  },
  { key: "email", header: "Email", cell: (one) => one.email, value: (one) => one.email },
  { key: "roles", header: "Roles", cell: (one) => rolesOf(one) || "none", value: rolesOf },
  {
    key: "since",
    header: "Member since",
    cell: (one) => <RelativeTime at={one.createdAt} />,
    value: (one) => one.createdAt,
  },
  ...(does
    ? [
        {
          key: "change",
          header: "Actions",
          align: "right" as const,
          whole: true,
          cell: (one: MemberRow) => (
            <Group gap={4} justify="flex-end" wrap="nowrap">
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={`Change roles of ${one.name}`}
                onClick={() => does.change(one)}
              >
                Change roles
              </Button>
              {/* Nobody ends their own: another operator does. */}
              {one.userId !== myId && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`End the membership of ${one.name}`}
                  onClick={() => does.remove(one)}
                >
                  End
                </Button>
              )}
            </Group>
          ),
        },
      ]
    : []),
];

export function Members() {
  const me = useMe();
  const mayManage = useMay("access:manage");
  const [changing, setChanging] = useState<MemberRow | null>(null);
  const [removing, setRemoving] = useState<MemberRow | null>(null);
  const members = useQuery(trpc.access.members.queryOptions(undefined, { refetchInterval: 5_000 }));
  const remove = useMutation(
    trpc.access.removeMember.mutationOptions({
      onSuccess: () => {
        notifyDone("The membership has ended");
        return queryClient.invalidateQueries({ queryKey: trpc.access.pathKey() });
      },
    }),
  );
  const columns = columnsFor(
    me.user.id,
    mayManage ? { change: setChanging, remove: setRemoving } : null,
  );
  return (
    <>
      <DataTable
        noun="members"
        rows={members.data}
        error={members.error}
        onRetry={() => void members.refetch()}
        columns={columns}
        rowKey={(one) => one.id}
        empty={{
          icon: IconUsers,
          title: "No member yet",
          sentence: "Invite the people who train, decide and operate.",
        }}
      />
      <Invitations />
      {removing && (
        <ConfirmDanger
          opened
          onClose={() => setRemoving(null)}
          verb="End the membership"
          name={removing.name}
          consequence={`${removing.name} (${removing.email}) loses all access to this organization at once. Votes and everything they did stay written; an invitation lets them in again.`}
          onConfirm={() => remove.mutateAsync({ userId: removing.userId })}
        />
      )}
      {changing && <ChangeRoles member={changing} onClose={() => setChanging(null)} />}
    </>
  );
}
