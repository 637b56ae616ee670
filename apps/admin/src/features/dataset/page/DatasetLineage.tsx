import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";

// The graph and its layout are heavy: they come when somebody looks.
const LineageView = lazy(() => import("../../lineage/LineageView.tsx"));

export const DatasetLineage = ({ id }: { id: string }) => (
  <Suspense fallback={<Skeleton h={420} />}>
    <LineageView kind="dataset-version" id={id} />
  </Suspense>
);
