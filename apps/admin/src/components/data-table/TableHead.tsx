import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconSelector } from "@tabler/icons-react";
import type { Column, Sort } from "./column.ts";
import classes from "./DataTable.module.css";

interface TableHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
  readonly all:
    | { checked: boolean; some: boolean; onChange: (checked: boolean) => void }
    | undefined;
}

export function TableHead<Row>({ columns, sort, onSort, all }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {all && (
          <th scope="col">
            <Checkbox
              size="xs"
              checked={all.checked}
              indeterminate={all.some && !all.checked}
              onChange={(event) => all.onChange(event.currentTarget.checked)}
              aria-label="Select all rows"
            />
          </th>
        )}
        {columns.map((column, index) => {
          const sorted = sort?.key === column.key ? sort.direction : null;
          const Icon =
            sorted === null ? IconSelector : sorted === "asc" ? IconArrowUp : IconArrowDown;
          return (
            <th
              key={column.key}
              scope="col"
              className={[
                index === 0 ? classes.first : "",
                column.align === "right" ? classes.right : "",
              ].join(" ")}
              aria-sort={
                sorted === null ? undefined : sorted === "asc" ? "ascending" : "descending"
              }
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  onClick={() =>
                    onSort({ key: column.key, direction: sorted === "desc" ? "asc" : "desc" })
                  }
                >
                  {column.header}
                  <Icon size={13} aria-hidden />
                </button>
              ) : (
                column.header
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
