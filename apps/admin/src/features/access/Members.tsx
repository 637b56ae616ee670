import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../../api/client.ts";
import { useMay, useMe } from "../../api/me.ts";
import type { Outputs } from "../../api/types.ts";
import type { Column } from "../../components/data-table/column.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { ChangeRoles } from "./ChangeRoles.tsx";
import { roleWords } from "./role-words.ts";

type MemberRow = Outputs["access"]["members"][number];
const rolesOf = (member: MemberRow): string =>
  member.roles.map((role) => roleWords[role].label).join(", ");

const columnsFor = (
  myId: string,
  onChange: ((member: MemberRow) => void) | null,
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
  ...(onChange
    ? [
        {
          key: "change",
          header: "Actions",
          align: "right" as const,
          whole: true,
          cell: (one: MemberRow) => (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={`Change roles of ${one.name}`}
              onClick={() => onChange(one)}
            >
              Change roles
            </Button>
          ),
        },
      ]
    : []),
];

export function Members() {
  const me = useMe();
  const mayManage = useMay("access:manage");
  const [changing, setChanging] = useState<MemberRow | null>(null);
  const members = useQuery(trpc.access.members.queryOptions());
  const columns = columnsFor(me.user.id, mayManage ? setChanging : null);
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
      {changing && <ChangeRoles member={changing} onClose={() => setChanging(null)} />}
    </>
  );
}
