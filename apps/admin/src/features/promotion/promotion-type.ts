import type { Outputs } from "../../api/types.ts";

export type PromotionNow = Outputs["promotion"]["get"];
export type DossierNow = PromotionNow["dossier"];
export type PolicyNow = Outputs["promotion"]["policies"][number];
export type GateNow = DossierNow["gates"][number];

export const nameOf = ({ name, version }: { name: string; version: number }): string =>
  `${name}@${version}`;
