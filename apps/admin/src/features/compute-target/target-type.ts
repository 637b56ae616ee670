import type { Outputs } from "../../api/types.ts";

export type TargetNow = Outputs["computeTarget"]["list"][number];
export type ClusterNow = Outputs["cluster"]["list"][number];
