import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { Column } from "./column.ts";
import classes from "./DataTable.module.css";

interface RowsProps<Row> {
  readonly noun: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  readonly dense: boolean;
  readonly head: ReactNode;
}

/** Only the rows in view are drawn; the space of the others is kept by a row above and one below. */
export function Rows<Row>({
  noun,
  rows,
  columns,
  rowKey,
  onOpen,
  selected,
  onSelect,
  dense,
  head,
}: RowsProps<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => (dense ? 33 : 42),
    overscan: 12,
    initialRect: { width: 1200, height: 900 },
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  const toggle = (key: string) => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect?.(next);
  };
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, row: Row) => {
    if (event.target !== event.currentTarget) return;
    const sibling =
      event.key === "ArrowDown"
        ? "nextElementSibling"
        : event.key === "ArrowUp"
          ? "previousElementSibling"
          : null;
    const to = sibling && event.currentTarget[sibling];
    if (to instanceof HTMLElement) to.focus();
    else if (event.key === "Enter") onOpen?.(row);
    else if (event.key === " " && onSelect) toggle(rowKey(row));
    else return;
    event.preventDefault();
  };

  return (
    <div ref={frame} className={classes.frame}>
      <table
        className={classes.table}
        aria-label={noun}
        aria-rowcount={rows.length}
        data-dense={dense || undefined}
      >
        {head}
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <tr
                key={key}
                ref={virtual.measureElement}
                data-index={item.index}
                // Rows are moved through with the arrow keys, so each can hold the focus.
                tabIndex={onOpen || onSelect ? 0 : undefined}
                aria-selected={onSelect ? selected.has(key) : undefined}
                onKeyDown={(event) => onKey(event, row)}
              >
                {onSelect && (
                  <td style={{ width: 36 }}>
                    <Checkbox
                      size="xs"
                      checked={selected.has(key)}
                      onChange={() => toggle(key)}
                      aria-label="Select the row"
                    />
                  </td>
                )}
                {columns.map((column, index) => (
                  <td
                    key={column.key}
                    className={[
                      index === 0 ? classes.first : "",
                      column.align === "right" ? classes.right : "",
                      column.whole ? classes.whole : "",
                    ].join(" ")}
                    style={column.width === undefined ? undefined : { minWidth: column.width }}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  );
}
