import type { ReachedTarget } from "../for-target.ts";

/**
 * By what a target's reads are counted where it runs: targets of one name share what may be asked in a second. A cloud counts by
 * subscription, region and identity, which is the installation's own; every other target stands for itself.
 */
export const sharedBudget = ({ id, settings: { azure } }: ReachedTarget): string =>
  azure ? `azure ${azure.subscriptionId} ${azure.region}`.toLowerCase() : id;
