import { z } from "zod";
import { Name } from "../id.ts";
import { PageInput } from "../page.ts";
import { MirrorPercent, SharePercent } from "./share-percent.ts";
import { ExpectedShare } from "./share.ts";

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
  /** True for the one deployment that answers whatever of its purpose no other has a share of. */
  readonly routed: boolean;
  /** What it is to have of its purpose's requests once it is healthy; 100 is the route. */
  readonly share: number;
  /** Percentage of requests it gets a copy of; its answers are thrown away. */
  readonly mirror: number;
  readonly previousDeploymentId: string | null;
  readonly createdBy: { id: string; name: string };
  readonly createdAt: Date;
  readonly healthyAt: Date | null;
  /** When it got the route last; null for one that never had it. */
  readonly routedAt: Date | null;
  readonly endedAt: Date | null;
}

export const ListDeployments = PageInput.extend({ purpose: Name.optional() });
export type ListDeployments = z.infer<typeof ListDeployments>;
const Reason = z.string().trim().min(10, "say in at least ten characters why").max(4000);
export const RollBackDeployment = z.strictObject({ purpose: Name, reason: Reason });
export type RollBackDeployment = z.infer<typeof RollBackDeployment>;
export const StopDeployment = z.strictObject({ id: z.string().max(60), reason: Reason });
export type StopDeployment = z.infer<typeof StopDeployment>;

/** Gives a deployment a part of its purpose's requests (100: the route), or copies of them; 0 takes it back. */
export const ShareDeployment = z.strictObject({
  deploymentId: z.string().max(60),
  percent: SharePercent,
  mirrorPercent: MirrorPercent.default(0),
  reason: Reason,
  expected: ExpectedShare,
});
export type ShareDeployment = z.infer<typeof ShareDeployment>;
