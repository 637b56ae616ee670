import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";

/** Below the canvas, not on it: there they would cover a node. */
export function ZoomButtons() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const buttons = [
    { label: "Zoom out", icon: IconMinus, press: zoomOut },
    { label: "Zoom in", icon: IconPlus, press: zoomIn },
    { label: "Show all of it", icon: IconMaximize, press: fitView },
  ];
  return (
    <Group gap={4} mt="xs" justify="flex-end" className="no-print">
      {buttons.map(({ label, icon: Icon, press }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon variant="default" aria-label={label} onClick={() => void press()}>
            <Icon size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}
