import type { Outputs } from "../../api/types.ts";

export type TargetNow = Outputs["computeTarget"]["get"];
export type ClusterNow = Outputs["cluster"]["list"][number];
