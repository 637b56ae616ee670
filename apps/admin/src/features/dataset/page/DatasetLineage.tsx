import { IconBinaryTree } from "@tabler/icons-react";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { pathOf } from "../../../frame/paths.ts";

export const DatasetLineage = ({ id }: { id: string }) => (
  <EmptyState
    icon={IconBinaryTree}
    title="What was made from it"
    sentence="The graph from this version to the jobs that read it and the models they made."
    action={{ label: "Open the lineage", href: pathOf.lineage("dataset-version", id) }}
  />
);
