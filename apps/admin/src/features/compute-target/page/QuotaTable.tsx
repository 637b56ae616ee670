import { Group, Paper, Progress, Text } from "@mantine/core";
import { IconGauge } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { formatCount } from "../../../components/format.ts";
import { PlainTable } from "../../../components/PlainTable.tsx";

/** How much of each kind of machine may be used at once; what is used stands first, what is refused says so. */
export function QuotaTable({ target }: { target: string }) {
  const quotas = useQuery(trpc.computeTarget.quotas.queryOptions({ target }, { retry: false }));
  if (quotas.isPending) return <Loading what="Loading quotas" h={240} />;
  if (quotas.isError)
    return (
      <ErrorState
        title="The quotas could not be read"
        error={quotas.error}
        onRetry={() => void quotas.refetch()}
      />
    );
  const rows = (quotas.data ?? []).toSorted(
    (a, b) => b.used - a.used || b.limit - a.limit || a.family.localeCompare(b.family),
  );
  if (rows.length === 0)
    return (
      <EmptyState
        icon={IconGauge}
        title="No quotas"
        sentence="This target’s provider names no limits on machines."
      />
    );
  return (
    <Paper>
      <PlainTable
        label="Quotas"
        minWidth={480}
        head={[
          { label: "Kind of machine" },
          { label: "Used", align: "right" },
          { label: "Limit", align: "right" },
          { label: "Share" },
        ]}
        rows={rows.map(({ family, used, limit, unit }) => ({
          key: family,
          cells: [
            <span key="family" className="mono">
              {family}
            </span>,
            formatCount(used),
            `${formatCount(limit)} ${unit === "count" ? "" : unit}`,
            limit === 0 ? (
              <Text key="share" size="sm" c="dimmed">
                none granted
              </Text>
            ) : (
              <Group key="share" gap="xs" wrap="nowrap">
                <Progress
                  value={(100 * used) / limit}
                  w={100}
                  aria-label={`${used} of ${limit} ${unit} of ${family} used`}
                  color={used >= limit ? "red" : "blue"}
                />
                <Text size="xs" className="figures">
                  {Math.round((100 * used) / limit)} %
                </Text>
              </Group>
            ),
          ],
        }))}
      />
    </Paper>
  );
}
