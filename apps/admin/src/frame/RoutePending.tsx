import { Skeleton, Stack } from "@mantine/core";

export const RoutePending = () => (
  <Stack aria-busy="true" aria-label="Loading" p="md">
    <Skeleton h={28} w={220} />
    <Skeleton h={16} w={340} maw="100%" />
    <Skeleton h={220} mt="md" />
  </Stack>
);
