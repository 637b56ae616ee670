import type { DeploymentStatus } from "./deployment.ts";
import type { EndpointAccess } from "./endpoint-access.ts";

/*
 *  pending ──> starting ──> healthy <──> unhealthy        any of them, desired stopped ──> stopping ──> stopped
 *                 └───────────┴──────────────┴──> failed
 */
export type Observed =
  | { readonly kind: "not-started" }
  | { readonly kind: "starting"; readonly message: string }
  | {
      readonly kind: "healthy";
      readonly endpoint: string;
      readonly access: EndpointAccess;
    }
  | { readonly kind: "unhealthy"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "gone" };

export interface DeploymentNow {
  readonly desired: "serving" | "stopped";
  readonly status: DeploymentStatus;
}
/** Whether a valid signed decision allows it to serve, looked at anew each time. */
export type ServingPermit = { readonly ok: true } | { readonly ok: false; readonly why: string };

export interface DeploymentPlan {
  /** What to ask of the serving port next. */
  readonly act: "start" | "stop" | "nothing";
  readonly status: DeploymentStatus;
  readonly message: string | null;
}

/** Desired against observed. `failed` and `stopped` are final: another try is another deployment. */
export function advanceDeployment(
  { desired, status }: DeploymentNow,
  observed: Observed,
  permit: ServingPermit,
): DeploymentPlan {
  if (status === "stopped" || status === "failed") return plan("nothing", status);
  if (desired === "stopped") return towardsStopped(observed);
  if (!permit.ok) return withoutPermit(observed, permit.why);
  switch (observed.kind) {
    case "not-started":
      return plan("start", "starting", "Preparing the model and its environment.");
    case "starting":
      return plan("nothing", "starting", observed.message);
    case "healthy":
      return plan("nothing", "healthy");
    case "unhealthy":
      return plan("nothing", status === "starting" ? "starting" : "unhealthy", observed.message);
    case "failed":
      // It answered before, so its machine or process went away: one more start. Failing to start is final.
      return status === "healthy" || status === "unhealthy"
        ? plan("start", "starting", "Its server ended; starting it again.")
        : plan("stop", "failed", observed.message);
    case "stopped":
      return plan("nothing", "failed", "It was stopped from outside.");
    case "gone":
      return plan("start", "starting", "The place it ran no longer knows it; starting it again.");
  }
}

const isOver = ({ kind }: Observed): boolean =>
  kind === "stopped" || kind === "gone" || kind === "not-started";

const towardsStopped = (observed: Observed): DeploymentPlan =>
  isOver(observed) ? plan("nothing", "stopped") : plan("stop", "stopping");

/** Not over before the place has it no more: a stop can be refused while the place is busy, and is asked for again. */
const withoutPermit = (observed: Observed, why: string): DeploymentPlan => {
  const message = `It may not serve: ${why}`;
  return isOver(observed) ? plan("nothing", "failed", message) : plan("stop", "stopping", message);
};

const plan = (
  act: DeploymentPlan["act"],
  status: DeploymentStatus,
  message: string | null = null,
): DeploymentPlan => ({ act, status, message });
