import type { Outputs } from "../../api/types.ts";

export type ModelVersionNow = Outputs["model"]["get"]["version"];
export const referenceOf = (model: ModelVersionNow): string => `${model.name}@${model.version}`;
