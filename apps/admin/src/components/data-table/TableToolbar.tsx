import { ActionIcon, Checkbox, Group, Menu, Stack, Switch } from "@mantine/core";
import { IconColumns3, IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { HeldIcon } from "../HeldIcon.tsx";
import type { Column } from "./column.ts";
import { download, toCsv } from "./csv.ts";

interface TableToolbarProps<Row> {
  readonly noun: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly hidden: readonly string[];
  readonly onHidden: (hidden: readonly string[]) => void;
  readonly dense: boolean;
  readonly onDense: (dense: boolean) => void;
  readonly children: ReactNode;
}

export function TableToolbar<Row>(props: TableToolbarProps<Row>) {
  const { noun, rows, columns, hidden, onHidden, dense, onDense, children } = props;
  const show = (key: string, shown: boolean) =>
    onHidden(shown ? hidden.filter((one) => one !== key) : [...hidden, key]);
  return (
    <Group mb="xs" gap="xs" align="flex-end" className="no-print">
      <Group gap="xs" align="flex-end" className="grow">
        {children}
      </Group>
      <HeldIcon
        variant="default"
        size="input-xs"
        label="Save the loaded rows as CSV"
        why={rows.length === 0 ? "There is no row to save" : undefined}
        onClick={() => download(`${noun}.csv`, toCsv(rows, columns), "text/csv")}
      >
        <IconDownload size={16} />
      </HeldIcon>
      <Menu closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon variant="default" size="input-xs" aria-label="Columns and density">
            <IconColumns3 size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Columns</Menu.Label>
          <Stack gap={8} px="sm" py={4}>
            {columns.slice(1).map((column) => (
              <Checkbox
                key={column.key}
                size="xs"
                label={column.header}
                checked={!hidden.includes(column.key)}
                onChange={(event) => show(column.key, event.currentTarget.checked)}
              />
            ))}
          </Stack>
          <Menu.Divider />
          <Switch
            size="xs"
            label="Dense rows"
            px="sm"
            py={6}
            checked={dense}
            onChange={(event) => onDense(event.currentTarget.checked)}
          />
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
