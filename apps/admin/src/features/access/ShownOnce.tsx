import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";

interface ShownOnceProps {
  readonly label: string;
  readonly value: string;
  readonly children: ReactNode;
  readonly onDone: () => void;
}

/** A secret that exists on this screen and nowhere else. */
export function ShownOnce({ label, value, children, onDone }: ShownOnceProps) {
  const { copied, copy } = useClipboard({ timeout: 2000 });
  const field = useRef<HTMLInputElement>(null);
  // It takes the place of the form whose button was pressed, so the focus would be nowhere.
  useEffect(() => field.current?.focus(), []);
  return (
    <Stack>
      <Alert color="yellow" variant="light">
        {children}
      </Alert>
      <TextInput
        ref={field}
        label={label}
        value={value}
        readOnly
        classNames={{ input: "mono" }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end">
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => copy(value)}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
