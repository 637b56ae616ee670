import { Stack } from "@mantine/core";
import { Loading, Shape } from "../components/Loading.tsx";

export const RoutePending = () => (
  <Loading what="Loading the page">
    <Stack p="md">
      <Shape h={28} w={220} />
      <Shape h={16} w={340} maw="100%" />
      <Shape h={220} mt="md" />
    </Stack>
  </Loading>
);
