import { IconBinaryTree } from "@tabler/icons-react";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { pathOf } from "../../../frame/paths.ts";

export const JobLineage = ({ jobId }: { jobId: string }) => (
  <EmptyState
    icon={IconBinaryTree}
    title="Where it came from, what came of it"
    sentence="The graph from the datasets this job read to the deployments of what it made."
    action={{ label: "Open the lineage", href: pathOf.lineage("job", jobId) }}
  />
);
