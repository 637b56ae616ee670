import { z } from "zod";

export const lineageKinds = [
  "dataset-version",
  "job",
  "checkpoint",
  "model-version",
  "evaluation",
  "promotion",
  "deployment",
] as const;
export type LineageKind = (typeof lineageKinds)[number];
export interface LineageNode {
  readonly id: string;
  readonly kind: LineageKind;
  readonly label: string;
  readonly detail: string;
  readonly status: string | null;
  readonly digest: string | null;
}
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  /** e.g. `train`, `base`, `wrote`, `became`, `evaluated`, `promoted`, `serves`. */
  readonly label: string;
}
export interface LineageGraph {
  readonly focus: string;
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}
export const ReadLineage = z.strictObject({
  kind: z.enum(lineageKinds),
  id: z.string().max(80),
  direction: z.enum(["back", "forward", "both"]).default("both"),
});
