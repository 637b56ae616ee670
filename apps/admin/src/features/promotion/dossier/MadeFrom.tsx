import { Table, Text } from "@mantine/core";
import { parseVersionedName } from "@preceptor/domain";
import type { ReactNode } from "react";
import { Digest } from "../../../components/Digest.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import type { DossierNow } from "../promotion-type.ts";
import classes from "./Dossier.module.css";

type Part = DossierNow["madeFrom"][number];

function hrefOf(part: Part): string {
  if (part.kind === "job") return pathOf.job(part.id);
  if (part.kind === "checkpoint") return pathOf.lineage("checkpoint", part.id);
  const { name, version } = parseVersionedName(part.name.split("/")[0] ?? "");
  return part.kind === "dataset" ? pathOf.dataset(name, version) : pathOf.model(name, version);
}
// A checkpoint is named by its folder, e.g. "model"; its id tells which one it is.
const cell = (part: Part): ReactNode => (
  <NounLink href={hrefOf(part)}>
    {part.kind === "checkpoint" ? `${part.name} …${part.id.slice(-6)}` : part.name}
  </NounLink>
);

/** Datasets with their permits first, then base models, jobs and checkpoints, each by its digest. */
export const MadeFrom = ({ parts }: { parts: DossierNow["madeFrom"] }) =>
  parts.length === 0 ? (
    <Text size="sm" c="dimmed">
      Nothing is on record that it was made from.
    </Text>
  ) : (
    <div className={classes.scroll}>
      <Table aria-label="Made from" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Kind</Table.Th>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Note</Table.Th>
            <Table.Th scope="col">Digest</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map((part) => (
            <Table.Tr key={`${part.kind}:${part.id}:${part.name}`}>
              <Table.Td>{part.kind}</Table.Td>
              <Table.Td>{cell(part)}</Table.Td>
              <Table.Td>{part.note}</Table.Td>
              <Table.Td>
                <Digest value={part.digest} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
