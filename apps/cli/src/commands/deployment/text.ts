import type { Deployment } from "../../connection/wire.ts";
import { paintStatus, type Paint } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { facts } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const deploymentText = (deployment: Deployment, paint: Paint): string =>
  facts(paint, [
    ["deployment", deployment.id],
    ["status", paintStatus(paint, deployment.status)],
    ["message", deployment.message === null ? null : printable(deployment.message)],
    ["purpose", `${deployment.purpose} (${deployment.stage}) on ${deployment.target}`],
    ["answers", deployment.routed ? "yes, it has the purpose's route" : "no route"],
    ["model", `${deployment.model.name}@${deployment.model.version}  ${deployment.model.digest}`],
    ["promotion", deployment.promotionId],
    ["after", deployment.previousDeploymentId],
    ["opened", `${time(deployment.createdAt)} by ${printable(deployment.createdBy.name)}`],
    ["healthy", deployment.healthyAt === null ? null : time(deployment.healthyAt)],
    ["ended", deployment.endedAt === null ? null : time(deployment.endedAt)],
  ]);
