import { UnstyledButton } from "@mantine/core";
import type { Outputs } from "../../api/types.ts";
import { CopyableId } from "../../components/CopyableId.tsx";
import type { Column } from "../../components/data-table/column.ts";
import { Digest } from "../../components/Digest.tsx";
import { toDate } from "../../components/format.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { pathOfKind } from "../../frame/paths.ts";

export type AuditRow = Outputs["audit"]["list"]["items"][number];

const thingOf = ({ noun, nounId }: AuditRow) => {
  const href = pathOfKind(noun, nounId);
  return href ? (
    <span className="mono">
      <NounLink href={href}>{nounId}</NounLink>
    </span>
  ) : (
    <CopyableId value={nounId} />
  );
};

export const auditColumns = (
  onActor: (actor: AuditRow["actor"]) => void,
): readonly Column<AuditRow>[] => [
  {
    key: "seq",
    header: "No.",
    cell: (row) => <span className="figures">{row.seq}</span>,
    value: (row) => row.seq,
  },
  {
    key: "at",
    header: "When",
    cell: (row) => <RelativeTime at={row.at} />,
    value: (row) => toDate(row.at).toISOString(),
  },
  {
    key: "actor",
    header: "Who",
    whole: true,
    cell: (row) => (
      <UnstyledButton
        className="link"
        fz="sm"
        onClick={() => onActor(row.actor)}
        title={`Show only what ${row.actor.name} did`}
      >
        {row.actor.name}
        {row.actor.kind !== "member" && ` (${row.actor.kind})`}
      </UnstyledButton>
    ),
    value: (row) => row.actor.name,
  },
  {
    key: "action",
    header: "Did",
    whole: true,
    cell: (row) => <span className="mono">{row.action}</span>,
    value: (row) => row.action,
  },
  { key: "noun", header: "To what", cell: (row) => row.noun, value: (row) => row.noun },
  { key: "nounId", header: "Id", cell: thingOf, value: (row) => row.nounId },
  {
    key: "evidence",
    header: "Evidence",
    cell: (row) => <Digest value={row.evidence} />,
    value: (row) => row.evidence,
  },
  {
    key: "before",
    header: "Before",
    optional: true,
    cell: (row) => <Digest value={row.before} />,
    value: (row) => row.before,
  },
  {
    key: "after",
    header: "After",
    optional: true,
    cell: (row) => <Digest value={row.after} />,
    value: (row) => row.after,
  },
  {
    key: "leafHash",
    header: "Leaf",
    optional: true,
    cell: (row) => <Digest value={row.leafHash} />,
    value: (row) => row.leafHash,
  },
];
