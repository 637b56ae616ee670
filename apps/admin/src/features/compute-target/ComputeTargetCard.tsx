import { Badge, Group, Paper, Text, Title } from "@mantine/core";
import type { Outputs } from "../../api/types.ts";
import { Bytes } from "../../components/Bytes.tsx";
import { CopyableId } from "../../components/CopyableId.tsx";
import { KeyValue } from "../../components/KeyValue.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";

type Target = Outputs["computeTarget"]["list"][number];

export const ComputeTargetCard = ({ target }: { target: Target }) => (
  <Paper>
    <Group justify="space-between" mb="sm">
      <Title order={2}>{target.name}</Title>
      <Badge variant="default" tt="none">
        {target.provider}
      </Badge>
    </Group>
    {target.capacity === null && (
      <Text size="sm" c="dimmed" mb="sm">
        This target does not say how much room it has.
      </Text>
    )}
    <KeyValue
      items={[
        target.capacity && ["Attempts running", target.capacity.running],
        target.capacity && ["CPU cores", target.capacity.cpuCores],
        target.capacity && ["GPUs", target.capacity.gpus === 0 ? "none" : target.capacity.gpus],
        target.capacity && ["Memory", <Bytes key="memory" value={target.capacity.memoryBytes} />],
        target.capacity && [
          "Free disk",
          <Bytes key="disk" value={target.capacity.freeDiskBytes} />,
        ],
        [
          "Largest job",
          `${target.settings.maxNodes} nodes × ${target.settings.maxProcessesPerNode} processes`,
        ],
        ["Disk an attempt may fill", <Bytes key="quota" value={target.settings.diskQuotaBytes} />],
        ["Log kept of each process", <Bytes key="log" value={target.settings.logLimitBytes} />],
        ["Defined", <RelativeTime key="at" at={target.createdAt} />],
        ["Id", <CopyableId key="id" value={target.id} />],
      ]}
    />
  </Paper>
);
