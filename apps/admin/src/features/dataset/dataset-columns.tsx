import type { Outputs } from "../../api/types.ts";
import { Bytes } from "../../components/Bytes.tsx";
import type { Column } from "../../components/data-table/column.ts";
import { formatCount } from "../../components/format.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { pathOf } from "../../frame/paths.ts";
import { deIdentificationWords } from "./de-identification.ts";

type Row = Outputs["dataset"]["list"]["items"][number];

export const datasetColumns: readonly Column<Row>[] = [
  {
    key: "name",
    header: "Name",
    width: 240,
    cell: (row) => <NounLink href={pathOf.dataset(row.name)}>{row.name}</NounLink>,
    value: (row) => row.name,
  },
  {
    key: "title",
    header: "Title",
    width: 280,
    cell: (row) => row.title,
    value: (row) => row.title,
  },
  {
    key: "deIdentification",
    header: "De-identified by",
    width: 170,
    cell: (row) => (row.deIdentification ? deIdentificationWords[row.deIdentification].word : "–"),
    value: (row) => row.deIdentification,
  },
  {
    key: "latestVersion",
    header: "Newest version",
    align: "right",
    width: 130,
    cell: (row) => row.latestVersion ?? "–",
    value: (row) => row.latestVersion,
  },
  {
    key: "versions",
    header: "Versions",
    align: "right",
    width: 100,
    optional: true,
    cell: (row) => formatCount(row.versions),
    value: (row) => row.versions,
  },
  {
    key: "rows",
    header: "Rows",
    align: "right",
    width: 110,
    cell: (row) => (row.rows === null ? "–" : formatCount(row.rows)),
    value: (row) => row.rows,
  },
  {
    key: "size",
    header: "Size",
    align: "right",
    width: 110,
    cell: (row) => <Bytes value={row.sizeBytes} />,
    value: (row) => row.sizeBytes,
  },
  {
    key: "createdAt",
    header: "Registered",
    width: 140,
    cell: (row) => <RelativeTime at={row.createdAt} />,
    value: (row) => row.createdAt,
  },
];
