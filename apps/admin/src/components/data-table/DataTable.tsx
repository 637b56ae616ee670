import { Button, Center } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import type { ReactNode } from "react";
import { EmptyState, type EmptyStateProps } from "../EmptyState.tsx";
import { ErrorState } from "../ErrorState.tsx";
import type { Column, Sort } from "./column.ts";
import classes from "./DataTable.module.css";
import { Rows } from "./Rows.tsx";
import { TableHead } from "./TableHead.tsx";
import { TableSkeleton } from "./TableSkeleton.tsx";
import { TableToolbar } from "./TableToolbar.tsx";

export interface DataTableProps<Row> {
  /** What the rows are, in plural: names the table for a screen reader, the CSV file and the stored choice of columns. */
  readonly noun: string;
  readonly rows: readonly Row[] | undefined;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  readonly empty: EmptyStateProps;
  readonly more?: { has: boolean; loading: boolean; load: () => void };
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  /** Filters, left of the table's own controls. */
  readonly toolbar?: ReactNode;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { noun, rows, columns, more, toolbar, onSort, onSelect } = props;
  const [hidden, setHidden] = useLocalStorage<readonly string[]>({
    key: `columns:${noun}`,
    defaultValue: columns.filter((column) => column.optional).map((column) => column.key),
    getInitialValueInEffect: false,
  });
  const [dense, setDense] = useLocalStorage({
    key: "dense",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const shown = columns.filter((column, index) => index === 0 || !hidden.includes(column.key));
  const selected = props.selected ?? new Set<string>();
  return (
    <div>
      <TableToolbar
        {...{ noun, columns, hidden, dense }}
        rows={rows ?? []}
        onHidden={setHidden}
        onDense={setDense}
      >
        {toolbar}
      </TableToolbar>
      {props.error ? (
        <ErrorState
          title={`The ${noun} could not be loaded`}
          error={props.error}
          onRetry={props.onRetry}
        />
      ) : rows === undefined ? (
        <TableSkeleton columns={shown.length} noun={noun} />
      ) : rows.length === 0 ? (
        <div className={classes.frame}>
          <EmptyState {...props.empty} />
        </div>
      ) : (
        <Rows
          {...{ noun, rows, selected, dense }}
          columns={shown}
          rowKey={props.rowKey}
          {...(props.onOpen ? { onOpen: props.onOpen } : {})}
          {...(onSelect ? { onSelect } : {})}
          head={
            <TableHead
              columns={shown}
              sort={props.sort}
              onSort={onSort}
              all={
                onSelect && {
                  checked: rows.every((row) => selected.has(props.rowKey(row))),
                  some: selected.size > 0,
                  onChange: (checked) => onSelect(new Set(checked ? rows.map(props.rowKey) : [])),
                }
              }
            />
          }
        />
      )}
      {more?.has && (
        <Center mt="sm">
          <Button variant="default" size="xs" loading={more.loading} onClick={more.load}>
            Load more
          </Button>
        </Center>
      )}
    </div>
  );
}
