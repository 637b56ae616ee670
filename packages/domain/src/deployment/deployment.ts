import { z } from "zod";
import { Name } from "../id.ts";
import { PageInput } from "../page.ts";

export const deploymentStatuses = [
  "pending",
  "starting",
  "healthy",
  "unhealthy",
  "stopping",
  "stopped",
  "failed",
] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];
export interface Deployment {
  readonly id: string;
  readonly purpose: string;
  readonly stage: "shadow" | "pilot" | "general";
  readonly model: { id: string; name: string; version: number; digest: string };
  readonly promotionId: string;
  readonly target: string;
  readonly desired: "serving" | "stopped";
  readonly status: DeploymentStatus;
  readonly message: string | null;
  /** True for the one deployment the gateway routes its purpose to. */
  readonly routed: boolean;
  readonly previousDeploymentId: string | null;
  readonly createdBy: { id: string; name: string };
  readonly createdAt: Date;
  readonly healthyAt: Date | null;
  readonly endedAt: Date | null;
}

export const ListDeployments = PageInput.extend({ purpose: Name.optional() });
export type ListDeployments = z.infer<typeof ListDeployments>;
const Reason = z.string().trim().min(10, "say in at least ten characters why").max(4000);
export const RollBackDeployment = z.strictObject({ purpose: Name, reason: Reason });
export type RollBackDeployment = z.infer<typeof RollBackDeployment>;
export const StopDeployment = z.strictObject({ id: z.string().max(60), reason: Reason });
export type StopDeployment = z.infer<typeof StopDeployment>;
