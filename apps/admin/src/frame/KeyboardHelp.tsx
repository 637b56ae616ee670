import { Group, Kbd, Stack, Text } from "@mantine/core";
import { Dialog } from "../components/Dialog.tsx";
import { navigationItems } from "./navigation-items.ts";

const keys: readonly (readonly [readonly string[], string])[] = [
  [["Ctrl/⌘", "K"], "Search and commands"],
  [["?"], "This help"],
  [["↑", "↓"], "Row of a table before or after"],
  [["Enter"], "Open the row"],
  [["Space"], "Select the row"],
  ...navigationItems.map((item) => [["g", item.key], item.label] as const),
];

const KeyboardHelp = ({ onClose }: { onClose: () => void }) => (
  <Dialog onClose={onClose} title="Keyboard" size="sm">
    <Stack gap={6}>
      {keys.map(([pressed, what]) => (
        <Group key={what} justify="space-between">
          <Text size="sm">{what}</Text>
          <Group gap={4}>
            {pressed.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </Group>
        </Group>
      ))}
    </Stack>
  </Dialog>
);
export default KeyboardHelp;
