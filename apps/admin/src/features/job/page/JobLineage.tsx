import { lazy, Suspense } from "react";
import { Loading } from "../../../components/Loading.tsx";

// The graph and its layout are heavy: they are fetched when the tab is opened.
const LineageView = lazy(() => import("../../lineage/LineageView.tsx"));

export const JobLineage = ({ jobId }: { jobId: string }) => (
  <Suspense fallback={<Loading what="Loading the lineage" h={420} />}>
    <LineageView kind="job" id={jobId} />
  </Suspense>
);
