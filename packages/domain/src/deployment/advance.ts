import type { DeploymentStatus } from "./deployment.ts";

/*
 *  pending ──> starting ──> healthy <──> unhealthy        any of them, desired stopped ──> stopping ──> stopped
 *                 └───────────┴──────────────┴──> failed
 */
export type Observed =
  | { readonly kind: "not-started" }
  | { readonly kind: "starting"; readonly message: string }
  | { readonly kind: "healthy"; readonly endpoint: string; readonly token: string | null }
  | { readonly kind: "unhealthy"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "gone" };

export interface DeploymentNow {
  readonly desired: "serving" | "stopped";
  readonly status: DeploymentStatus;
  readonly startingSince: Date;
}
export interface DeploymentPlan {
  /** What to ask of the serving port next. */
  readonly act: "start" | "stop" | "nothing";
  readonly status: DeploymentStatus;
  readonly message: string | null;
}
/** Loading a model takes minutes, not longer. */
export const START_DEADLINE_MS = 30 * 60_000;

/** Desired against observed. `failed` and `stopped` are final: another try is another deployment. */
export function advanceDeployment(
  now: Date,
  deployment: DeploymentNow,
  observed: Observed,
): DeploymentPlan {
  const { desired, status } = deployment;
  if (status === "stopped" || status === "failed") return plan("nothing", status);
  if (desired === "stopped") return towardsStopped(observed);
  switch (observed.kind) {
    case "not-started":
      return plan("start", "starting", "Preparing the model and its environment.");
    case "starting":
      return now.getTime() - deployment.startingSince.getTime() > START_DEADLINE_MS
        ? plan("stop", "failed", "It did not become healthy in 30 minutes.")
        : plan("nothing", "starting", observed.message);
    case "healthy":
      return plan("nothing", "healthy");
    case "unhealthy":
      return plan("nothing", status === "starting" ? "starting" : "unhealthy", observed.message);
    case "failed":
      return plan("stop", "failed", observed.message);
    // Not asked to stop, and not said to have failed: its machine went away under it.
    case "stopped":
    case "gone":
      return plan("start", "starting", "It is gone from where it ran; starting it again.");
  }
}

function towardsStopped(observed: Observed): DeploymentPlan {
  const over = observed.kind === "stopped" || observed.kind === "gone";
  if (over || observed.kind === "not-started") return plan("nothing", "stopped");
  return plan("stop", "stopping");
}

const plan = (
  act: DeploymentPlan["act"],
  status: DeploymentStatus,
  message: string | null = null,
): DeploymentPlan => ({ act, status, message });
