import { Group, Skeleton, Stack } from "@mantine/core";
import classes from "./DataTable.module.css";

/** As high as the rows that will take its place, so that nothing jumps. */
export const TableSkeleton = ({ columns, noun }: { columns: number; noun: string }) => (
  <Stack className={classes.frame} gap={0} aria-busy="true" aria-label={`Loading ${noun}`}>
    {Array.from({ length: 9 }, (_, row) => (
      <Group key={row} wrap="nowrap" px={12} h={42} gap="lg">
        {Array.from({ length: columns }, (_, column) => (
          <Skeleton key={column} h={12} radius="xl" style={{ flex: column === 0 ? 2 : 1 }} />
        ))}
      </Group>
    ))}
  </Stack>
);
