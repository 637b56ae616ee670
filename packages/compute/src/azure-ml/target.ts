/** Where an Azure ML compute target is and how patient it is: `settings.azure` of the target, checked by `domain`. */
export interface AzureMlTarget {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly region: string;
  readonly cluster: string;
  readonly datastore: string;
  /** e.g. `https://account.blob.core.windows.net`; the account behind the datastore. */
  readonly blobEndpoint: string;
  readonly container: string;
  /** The image every environment is built on. */
  readonly image: string;
  /** The user-assigned identity jobs run as; null means the cluster's own. */
  readonly identityClientId: string | null;
  readonly deadlines: Deadlines;
  readonly prices: readonly Price[];
  /** Shared memory of a node's container, e.g. `16g`. */
  readonly sharedMemory?: string | undefined;
}
/** ISO 8601 durations after which a state is no longer believed to end by itself. */
export interface Deadlines {
  readonly preparing: string;
  readonly queued: string;
  readonly finalizing: string;
  readonly cancelling: string;
}
export interface Price {
  readonly instanceType: string;
  readonly tier: "dedicated" | "spot";
  readonly perNodeHour: number;
  readonly currency: string;
}
