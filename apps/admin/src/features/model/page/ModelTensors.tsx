import { Paper, Text, Title, Tooltip } from "@mantine/core";
import { formatCompact, formatCount } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import type { ModelVersionNow } from "../model-type.ts";

const Counted = ({ value }: { value: number }) => (
  <Tooltip label={formatCount(value)}>
    <span className="figures">{formatCompact(value)}</span>
  </Tooltip>
);

/** What the headers of the safetensors files say; the weights themselves are not read for it. */
export const ModelTensors = ({ tensors }: { tensors: ModelVersionNow["tensors"] }) => (
  <Paper>
    <Title order={2} mb="xs">
      Tensors
    </Title>
    {tensors === null ? (
      <Text size="sm" c="dimmed">
        This version holds no safetensors file.
      </Text>
    ) : (
      <KeyValue
        items={[
          ["Parameters", <Counted key="parameters" value={tensors.parameters} />],
          ["Tensors", <Counted key="tensors" value={tensors.tensors} />],
          ...Object.entries(tensors.dtypes).map(
            ([dtype, count]) => [`In ${dtype}`, <Counted key={dtype} value={count} />] as const,
          ),
        ]}
      />
    )}
  </Paper>
);
