import { Table } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import firstStays from "./first-stays.module.css";

interface PlainTableProps {
  /** Names the table for a screen reader. */
  readonly label: string;
  readonly head: readonly { label: string; align?: "left" | "right" }[];
  readonly rows: readonly { key: string; cells: readonly ReactNode[] }[];
  /** Narrower than this, the table scrolls inside itself. */
  readonly minWidth?: number;
}

/** A short table of a page: no paging, no choice of columns. */
export function PlainTable({ label, head, rows, minWidth = 420 }: PlainTableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setScrolls(box.scrollWidth > box.clientWidth));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return (
    <Table.ScrollContainer
      ref={frame}
      minWidth={minWidth}
      type="native"
      pos="relative"
      // Only then: a table that is seen whole is no stop on the way through the page.
      {...(scrolls ? { tabIndex: 0, role: "group", "aria-label": label } : {})}
    >
      <Table aria-label={label} verticalSpacing={7} fz="sm" className={firstStays.table}>
        <Table.Thead>
          <Table.Tr>
            {head.map((column) => (
              <Table.Th
                key={column.label}
                ta={column.align ?? "left"}
                fw={600}
                c="dimmed"
                style={{ whiteSpace: "nowrap" }}
              >
                {column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              {row.cells.map((cell, index) => {
                const column = head[index];
                return (
                  <Table.Td
                    key={column?.label ?? index}
                    ta={column?.align ?? "left"}
                    className={column?.align === "right" ? "figures" : undefined}
                  >
                    {cell}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
