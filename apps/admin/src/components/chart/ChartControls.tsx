import { Group, Slider, Switch, Text } from "@mantine/core";

interface ChartControlsProps {
  readonly smoothing: number;
  readonly onSmoothing: (smoothing: number) => void;
  readonly log: boolean;
  readonly onLog: (log: boolean) => void;
}

export const ChartControls = ({ smoothing, onSmoothing, log, onLog }: ChartControlsProps) => (
  <Group gap="lg">
    <Group gap="xs" wrap="nowrap">
      <Text size="xs" c="dimmed" id="smoothing">
        Smoothing
      </Text>
      <Slider
        w={110}
        size="xs"
        min={0}
        max={0.99}
        step={0.01}
        label={(value) => value.toFixed(2)}
        value={smoothing}
        onChange={onSmoothing}
        thumbProps={{ "aria-labelledby": "smoothing" }}
      />
    </Group>
    <Switch
      size="xs"
      label="Log axis"
      checked={log}
      onChange={(event) => onLog(event.currentTarget.checked)}
    />
    <Text size="xs" c="dimmed" visibleFrom="md">
      Drag to zoom, press twice to see all
    </Text>
  </Group>
);
