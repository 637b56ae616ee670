import { DomainError } from "@preceptor/domain";
import type { DeploymentWork } from "@preceptor/services";
import type { ServingProvider } from "@preceptor/serving";

/** So long a place's own split is taken to be what it was found to be. */
const TRUSTED_MS = 60_000;

/** `problem`: why it could not be brought about; null when it is so or on its way. */
export interface TrafficLook {
  readonly settled: boolean;
  readonly problem: string | null;
}
const settled: TrafficLook = { settled: true, problem: null };

/**
 * Brings the place's own split after ours, one step a look, from the routed deployment's row alone: its lease is why no two workers do
 * it at once. Nothing is kept but when it was right last, so a worker that starts looks anew.
 */
export function createTrafficKeeper(nowMs: () => number = Date.now) {
  const right = new Map<string, { readonly split: string; readonly atMs: number }>();

  return async function keep(
    { capabilities }: Pick<ServingProvider, "capabilities">,
    { id, traffic }: Pick<DeploymentWork, "id" | "traffic">,
  ): Promise<TrafficLook> {
    if (!capabilities.traffic || traffic.length === 0) {
      right.delete(id);
      return settled;
    }
    const split = JSON.stringify(
      traffic.map((part) => [part.handle.deploymentId, part.percent, part.mirrorPercent]),
    );
    const known = right.get(id);
    if (known?.split === split && nowMs() - known.atMs < TRUSTED_MS) return settled;
    right.delete(id);
    try {
      if (!(await capabilities.traffic.bring(traffic))) return { settled: false, problem: null };
      right.set(id, { split, atMs: nowMs() });
      return settled;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return {
        settled: false,
        problem: `Requests through the gateway are shared as wanted, those that come to its endpoint directly are not yet: ${error.message}`,
      };
    }
  };
}
