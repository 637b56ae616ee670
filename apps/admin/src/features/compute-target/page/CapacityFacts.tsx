import { Group, Text } from "@mantine/core";
import { messageOf } from "../../../api/error.ts";
import { Bytes } from "../../../components/Bytes.tsx";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { useCapacity } from "./use-capacity.ts";

/** What a target has and runs now, or why that cannot be said. */
export function CapacityFacts({ target }: { target: string }) {
  const { data, error, isPending } = useCapacity(target);
  if (isPending) return <Loading what="Asking what room there is" h={120} />;
  if (error)
    return (
      <Text size="sm" c="var(--state-unknown)">
        {messageOf(error)}
      </Text>
    );
  if (data === null)
    return (
      <Text size="sm" c="dimmed">
        This target does not say how much room it has.
      </Text>
    );
  return (
    <KeyValue
      items={[
        ["Attempts running", data.running],
        data.cpuCores > 0 && ["CPU cores", data.cpuCores],
        ["GPUs", data.gpus === 0 ? "none" : data.gpus],
        data.memoryBytes > 0 && ["Memory", <Bytes key="memory" value={data.memoryBytes} />],
        data.freeDiskBytes > 0 && ["Free disk", <Bytes key="disk" value={data.freeDiskBytes} />],
      ]}
    />
  );
}

/** Whether it answers: an icon and a word. */
export function TargetHealth({ target }: { target: string }) {
  const { error, isPending } = useCapacity(target);
  if (isPending) return <Loading what="Asking whether it answers" h={20} w={80} />;
  return (
    <Group gap={4}>
      <StatusBadge
        status={error ? "unreachable" : "answering"}
        detail={error ? messageOf(error) : null}
      />
    </Group>
  );
}
