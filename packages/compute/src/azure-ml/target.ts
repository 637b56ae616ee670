/** Where an Azure ML compute target is and how patient it is: `settings.azure` of the target, checked by `domain`. */
export interface AzureMlTarget {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly region: string;
  /** Where jobs run that name no machine. */
  readonly cluster: string;
  readonly instanceType?: string | undefined;
  readonly tier?: Tier | undefined;
  /** What else a job may name; without a cluster it is serverless. */
  readonly machines?: readonly OtherMachine[] | undefined;
  readonly datastore: string;
  /** e.g. `https://account.blob.core.windows.net`; the account behind the datastore. */
  readonly blobEndpoint: string;
  readonly container: string;
  /** The image an environment is built on, and those a job may name beside it. */
  readonly image: string;
  readonly images?: readonly string[] | undefined;
  /** The user-assigned identity jobs run as; null means the cluster's own. */
  readonly identityClientId: string | null;
  readonly deadlines: Deadlines;
  readonly prices: readonly Price[];
  /** Shared memory of a node's container, e.g. `16g`. */
  readonly sharedMemory?: string | undefined;
}
type Tier = "dedicated" | "spot";
export interface OtherMachine {
  readonly instanceType: string;
  readonly tier: Tier;
  readonly cluster: string | null;
}
/** ISO 8601 durations after which a state is no longer believed to end by itself. */
export interface Deadlines {
  readonly preparing: string;
  readonly queued: string;
  readonly finalizing: string;
  readonly cancelling: string;
  /** Targets defined before there was such a deadline have none. */
  readonly silent?: string | undefined;
}
export interface Price {
  readonly instanceType: string;
  readonly tier: Tier;
  readonly perNodeHour: number;
  readonly currency: string;
}
