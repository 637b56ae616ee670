import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient, trpc } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import type { Outputs } from "../../api/types.ts";
import { ConfirmDanger } from "../../components/ConfirmDanger.tsx";
import type { Column } from "../../components/data-table/column.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { notifyDone } from "../../components/notify.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";

type KeyRow = Outputs["access"]["apiKeys"][number];

const stateOf = (key: KeyRow): string =>
  !key.enabled
    ? "revoked"
    : key.expiresAt !== null && Date.parse(key.expiresAt) <= Date.now()
      ? "expired"
      : "in use";

const plainColumns: readonly Column<KeyRow>[] = [
  { key: "name", header: "Name", cell: (one) => one.name, value: (one) => one.name },
  {
    key: "start",
    header: "Begins with",
    cell: (one) => <span className="mono">{one.start ?? "–"}…</span>,
    value: (one) => one.start,
  },
  { key: "state", header: "State", cell: stateOf, value: stateOf },
  {
    key: "created",
    header: "Created",
    cell: (one) => <RelativeTime at={one.createdAt} />,
    value: (one) => one.createdAt,
  },
  {
    key: "expires",
    header: "Expires",
    cell: (one) => <RelativeTime at={one.expiresAt} absent="never" />,
    value: (one) => one.expiresAt,
  },
  {
    key: "used",
    header: "Last used",
    cell: (one) => <RelativeTime at={one.lastUsedAt} absent="not yet" />,
    value: (one) => one.lastUsedAt,
  },
];

const revokeColumn = (onRevoke: (key: KeyRow) => void): Column<KeyRow> => ({
  key: "revoke",
  header: "Actions",
  align: "right",
  cell: (one) =>
    one.enabled && (
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`Revoke the key ${one.name}`}
        onClick={() => onRevoke(one)}
      >
        Revoke
      </Button>
    ),
});

export function ApiKeys({ onCreate }: { onCreate: () => void }) {
  const mayManage = useMay("access:manage");
  const [revoking, setRevoking] = useState<KeyRow | null>(null);
  const keys = useQuery(trpc.access.apiKeys.queryOptions());
  const revoke = useMutation(
    trpc.access.revokeApiKey.mutationOptions({
      onSuccess: () => {
        notifyDone("The key is revoked");
        return queryClient.invalidateQueries({ queryKey: trpc.access.apiKeys.queryKey() });
      },
    }),
  );
  const columns = mayManage ? [...plainColumns, revokeColumn(setRevoking)] : plainColumns;
  return (
    <>
      <DataTable
        noun="API keys"
        rows={keys.data}
        error={keys.error}
        onRetry={() => void keys.refetch()}
        columns={columns}
        rowKey={(one) => one.id}
        empty={{
          icon: IconKey,
          title: "No API key yet",
          sentence: "A program needs a key to call a served model through the gateway.",
          action: mayManage ? { label: "Create an API key", onClick: onCreate } : undefined,
        }}
      />
      {revoking && (
        <ConfirmDanger
          opened
          onClose={() => setRevoking(null)}
          verb="Revoke the key"
          name={revoking.name}
          consequence="Every program that calls with it is refused at once. A revoked key never works again."
          onConfirm={() => revoke.mutateAsync({ id: revoking.id })}
        />
      )}
    </>
  );
}
