import type { Outputs } from "../../api/types.ts";

export type DeploymentNow = Outputs["deployment"]["get"];

export const modelOf = ({ model }: Pick<DeploymentNow, "model">): string =>
  `${model.name}@${model.version}`;
