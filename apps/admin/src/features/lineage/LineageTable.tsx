import { Group, Table, Text } from "@mantine/core";
import { lineageKinds } from "@preceptor/domain";
import { Digest } from "../../components/Digest.tsx";
import { NounLink } from "../../components/NounLink.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { type GraphNow, detailOf, hrefOfNode, kindLooks } from "./lineage-type.ts";
import classes from "./Lineage.module.css";

interface LineageTableProps {
  readonly graph: GraphNow;
  readonly strong: ReadonlySet<string>;
}

/** The same graph as a table: for a screen reader, a narrow screen and paper. */
export function LineageTable({ graph, strong }: LineageTableProps) {
  const labelOf = new Map(graph.nodes.map((node) => [node.id, node.label]));
  const order = (id: string) => Number(!strong.has(id));
  const nodes = graph.nodes.toSorted(
    (a, b) =>
      lineageKinds.indexOf(a.kind) - lineageKinds.indexOf(b.kind) || order(a.id) - order(b.id),
  );
  return (
    <div className={classes.table}>
      <Table aria-label="Lineage" verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">State</Table.Th>
            <Table.Th scope="col">Made from</Table.Th>
            <Table.Th scope="col">Digest</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => {
            const { icon: Icon, word } = kindLooks[node.kind];
            const sources = graph.edges.filter((edge) => edge.to === node.id);
            const focus = node.id === graph.focus;
            return (
              <Table.Tr
                key={node.id}
                aria-current={focus ? "true" : undefined}
                style={focus ? { background: "var(--surface-sunken)" } : undefined}
              >
                <Table.Td>
                  <Group gap={8} wrap="nowrap" align="flex-start">
                    <Icon size={15} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
                    <div style={{ fontWeight: strong.has(node.id) ? 600 : 400 }}>
                      <NounLink href={hrefOfNode(node)}>{node.label}</NounLink>
                      <Text size="xs" c="dimmed" fw={400}>
                        {word}, {detailOf(node)}
                      </Text>
                    </div>
                  </Group>
                </Table.Td>
                <Table.Td>{node.status ? <StatusBadge status={node.status} /> : "–"}</Table.Td>
                <Table.Td>
                  {sources.length === 0
                    ? "–"
                    : sources.map((edge) => (
                        <Text key={`${edge.from}:${edge.label}`} size="sm">
                          {labelOf.get(edge.from)}{" "}
                          <Text span size="xs" c="dimmed">
                            {edge.label}
                          </Text>
                        </Text>
                      ))}
                </Table.Td>
                <Table.Td>
                  <Digest value={node.digest} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
