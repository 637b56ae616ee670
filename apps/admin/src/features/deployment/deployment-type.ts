import type { Outputs } from "../../api/types.ts";

export type DeploymentNow = Outputs["deployment"]["get"];

export const modelOf = ({ model }: Pick<DeploymentNow, "model">): string =>
  `${model.name}@${model.version}`;

/** Whether it has a part of its purpose's requests, not the route. */
export const isCanary = ({ routed, share }: DeploymentNow): boolean =>
  !routed && share > 0 && share < 100;
