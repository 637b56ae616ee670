import { advanceDeployment, DomainError, type Observed } from "@preceptor/domain";
import {
  applyDeploymentObservation,
  loadDeploymentWork,
  type DeploymentWork,
} from "@preceptor/services";
import type { ServingHandle, ServingProvider } from "@preceptor/serving";
import type { Reconciler, Work } from "../reconciler.ts";
import { createTrafficKeeper, type TrafficLook } from "./deployment/traffic.ts";
import { servingSpecOf } from "./deployment/serving-spec.ts";

/** How soon to look again, by what is being waited for. */
const unreachablePauseMs = 5000;
const splittingPauseMs = 1000;
const pauseMs = { starting: 500, stopping: 500, healthy: 5000, unhealthy: 1000, pending: 500 };

/** Brings what serves towards what a valid decision allows: desired against observed, one look at a time. */
export const deploymentReconciler = (keepTraffic = createTrafficKeeper()): Reconciler => ({
  noun: "deployment",
  async reconcile(work) {
    const deployment = await loadDeploymentWork(work.ctx, work.lease.id);
    const provider = await providerOf(work, deployment);
    if (!provider) return unreachablePauseMs;
    const observed = await observe(provider, deployment.handle);
    const plan = advanceDeployment(deployment, observed, deployment.permit);
    // Before the provider is asked for anything: a worker whose time is over changes nothing outside either.
    work.signal.throwIfAborted();
    const acted = await act(work, provider, deployment, plan.act);
    const split = plan.status === "healthy" ? await keepTraffic(provider, deployment) : keptAsItIs;
    await applyDeploymentObservation(work.ctx, {
      deploymentId: deployment.id,
      leaseToken: work.lease.token,
      from: deployment.status,
      plan:
        acted.problem === null
          ? { status: plan.status, message: plan.message ?? split.problem }
          : { status: deployment.status, message: acted.problem },
      ...(acted.handle === null ? {} : { handle: acted.handle }),
      ...(observed.kind === "healthy" && plan.status === "healthy" ? { reached: observed } : {}),
    });
    if (acted.problem !== null) return 5000;
    if (!split.settled && split.problem === null) return splittingPauseMs;
    return plan.status === "stopped" || plan.status === "failed" ? 0 : pauseMs[plan.status];
  },
});

const keptAsItIs: TrafficLook = { settled: true, problem: null };

/** Null when nothing can be served from the target; the deployment says why until it can. */
async function providerOf(
  { ctx, lease }: Work,
  deployment: DeploymentWork,
): Promise<ServingProvider | null> {
  try {
    return await ctx.serving.forTarget(deployment.target);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await applyDeploymentObservation(ctx, {
      deploymentId: deployment.id,
      leaseToken: lease.token,
      from: deployment.status,
      plan: { status: deployment.status, message: error.message },
    });
    return null;
  }
}

/** A place that does not answer makes a deployment unhealthy, not failed: unreachable is not dead. */
async function observe(provider: ServingProvider, handle: ServingHandle | null): Promise<Observed> {
  if (handle === null) return { kind: "not-started" };
  try {
    const [seen] = await provider.observe([handle]);
    return seen ?? { kind: "unhealthy", message: "The place it runs gave no answer." };
  } catch {
    return { kind: "unhealthy", message: "The place it runs does not answer." };
  }
}

/**
 * The deployment's id makes a repeated start the same one. A place that refuses for now is a problem told on the deployment, and it
 * is asked again later.
 */
async function act(
  { ctx }: Work,
  provider: ServingProvider,
  deployment: DeploymentWork,
  what: "start" | "stop" | "nothing",
): Promise<{ handle: ServingHandle | null; problem: string | null }> {
  try {
    if (what === "start") {
      const handle = await provider.start(deployment.id, servingSpecOf(ctx, deployment));
      return { handle, problem: null };
    }
    if (what === "stop" && deployment.handle) await provider.stop(deployment.handle);
    return { handle: null, problem: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { handle: null, problem: error.message };
  }
}
