import {
  IconBox,
  IconChecklist,
  IconDatabase,
  IconFlag,
  IconGavel,
  IconPlayerPlay,
  IconRocket,
} from "@tabler/icons-react";
import { parseVersionedName, type LineageKind } from "@preceptor/domain";
import type { Outputs } from "../../api/types.ts";
import { formatCount } from "../../components/format.ts";
import { pathOf, pathOfKind } from "../../frame/paths.ts";

export type GraphNow = Outputs["lineage"]["read"];
export type NodeNow = GraphNow["nodes"][number];
export type Direction = "both" | "back" | "forward";

export const kindLooks: Record<LineageKind, { icon: typeof IconBox; word: string }> = {
  "dataset-version": { icon: IconDatabase, word: "Dataset" },
  job: { icon: IconPlayerPlay, word: "Job" },
  checkpoint: { icon: IconFlag, word: "Checkpoint" },
  "model-version": { icon: IconBox, word: "Model" },
  evaluation: { icon: IconChecklist, word: "Evaluation" },
  promotion: { icon: IconGavel, word: "Promotion" },
  deployment: { icon: IconRocket, word: "Deployment" },
};

/** What is said of the node under its name; a count is read in groups of three. */
export const detailOf = ({ detail }: NodeNow): string =>
  detail.replace(/^\d{4,}(?= )/, (count) => formatCount(Number(count)));

/** The node's own page; a checkpoint has none, so it opens its lineage. */
export function hrefOfNode({ kind, id, label }: NodeNow): string {
  if (kind === "dataset-version" || kind === "model-version") {
    const { name, version } = parseVersionedName(label);
    return kind === "dataset-version" ? pathOf.dataset(name, version) : pathOf.model(name, version);
  }
  return pathOfKind(kind, id) ?? pathOf.lineage(kind, id);
}
