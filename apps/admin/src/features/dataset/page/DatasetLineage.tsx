import { lazy, Suspense } from "react";
import { Loading } from "../../../components/Loading.tsx";

// The graph and its layout are heavy: they come when somebody looks.
const LineageView = lazy(() => import("../../lineage/LineageView.tsx"));

export const DatasetLineage = ({ id }: { id: string }) => (
  <Suspense fallback={<Loading what="Loading the lineage" h={420} />}>
    <LineageView kind="dataset-version" id={id} />
  </Suspense>
);
