import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";

// The graph and its layout are heavy: they are fetched when the tab is opened.
const LineageView = lazy(() => import("../../lineage/LineageView.tsx"));

export const JobLineage = ({ jobId }: { jobId: string }) => (
  <Suspense fallback={<Skeleton h={420} aria-label="Loading the lineage" />}>
    <LineageView kind="job" id={jobId} />
  </Suspense>
);
