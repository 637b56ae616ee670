import { Group } from "@mantine/core";
import { Loading, Shape } from "../Loading.tsx";
import classes from "./DataTable.module.css";

/** As high as the rows that will take its place, so that nothing jumps. */
export const TableSkeleton = ({ columns, noun }: { columns: number; noun: string }) => (
  <Loading what={`Loading ${noun}`} className={classes.frame}>
    {Array.from({ length: 9 }, (_, row) => (
      <Group key={row} wrap="nowrap" px={12} h={42} gap="lg">
        {Array.from({ length: columns }, (_, column) => (
          <Shape key={column} h={12} radius="xl" style={{ flex: column === 0 ? 2 : 1 }} />
        ))}
      </Group>
    ))}
  </Loading>
);
