import { Group, Paper, Switch, Table, Text, Title } from "@mantine/core";
import type { ComparedRow } from "@preceptor/domain";
import { useState } from "react";
import firstStays from "../../../components/first-stays.module.css";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";

interface CompareTableProps {
  readonly title: string;
  /** What stands in the first column, over the names of the rows. */
  readonly corner: string;
  readonly columns: readonly { id: string; name: string; color: string }[];
  readonly rows: readonly ComparedRow[];
  /** Marks rows whose values differ, and can show only those. */
  readonly highlight?: boolean;
}

export function CompareTable({
  title,
  corner,
  columns,
  rows,
  highlight = false,
}: CompareTableProps) {
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const shown = onlyDifferent ? rows.filter((row) => row.differs) : rows;
  return (
    <Paper p={0}>
      <Group justify="space-between" p="md">
        <Title order={2}>{title}</Title>
        {highlight && (
          <Switch
            size="xs"
            label="Only what differs"
            checked={onlyDifferent}
            onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
          />
        )}
      </Group>
      <Table.ScrollContainer minWidth={200 + columns.length * 150}>
        <Table aria-label={title} className={firstStays.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{corner}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column.id}>
                  <Group gap={6} wrap="nowrap">
                    <span
                      aria-hidden
                      style={{
                        width: 10,
                        height: 10,
                        borderRadius: 2,
                        background: column.color,
                        flex: "none",
                      }}
                    />
                    <NounLink href={pathOf.job(column.id)}>{column.name}</NounLink>
                  </Group>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Table.Tr
                key={row.name}
                style={
                  highlight && row.differs ? { background: "var(--surface-sunken)" } : undefined
                }
              >
                <Table.Th scope="row" fw={highlight && row.differs ? 600 : 400}>
                  {row.name}
                  {highlight && row.differs && (
                    <Text span size="xs" c="var(--state-unknown)">
                      {" "}
                      differs
                    </Text>
                  )}
                </Table.Th>
                {row.values.map((value, index) => (
                  <Table.Td key={columns[index]?.id ?? index} style={{ overflowWrap: "anywhere" }}>
                    {value ?? (
                      <Text span c="dimmed">
                        –
                      </Text>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown.length === 0 && (
        <Text size="sm" c="dimmed" px="md" pb="md">
          {onlyDifferent ? "Nothing differs." : "No figure yet."}
        </Text>
      )}
    </Paper>
  );
}
