import { Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { pathOf } from "../../../frame/paths.ts";
import type { AttemptNow } from "./job-type.ts";

type Process = AttemptNow["processes"][number];

/** A process has no state of its own beyond what its cluster reports: an exit code of 0 is success. */
const statusOf = (process: Process): string =>
  process.state === "exited" ? (process.exitCode === 0 ? "succeeded" : "failed") : process.state;

export function ProcessTable({ attempt }: { attempt: AttemptNow }) {
  if (attempt.processes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No process yet.
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={320} className="grow">
      <Table aria-label={`Processes of attempt ${attempt.number}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Rank</Table.Th>
            <Table.Th>Node</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Exit code</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attempt.processes.map((process) => (
            <Table.Tr key={process.rank}>
              <Table.Td>
                <Link to={pathOf.job(attempt.jobId)} search={{ tab: "logs" }} className="link">
                  {process.rank}
                </Link>
              </Table.Td>
              <Table.Td>{process.node}</Table.Td>
              <Table.Td>
                <StatusBadge status={statusOf(process)} />
              </Table.Td>
              <Table.Td>{process.exitCode ?? "–"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
