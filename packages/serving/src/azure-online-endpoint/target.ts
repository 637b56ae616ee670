/** Where models are served: what of a target's `settings.azure`, checked by `domain`, serving needs. */
export interface AzureServingTarget {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly region: string;
  readonly datastore: string;
  /** The account behind the datastore. */
  readonly blobEndpoint: string;
  readonly container: string;
  /** The image a recipe's server is built on. */
  readonly image: string;
  readonly serving: AzureServing;
}
export interface AzureServing {
  readonly instanceType: string;
  readonly instances: number;
  /** `vllm` serves language models from its own container; `recipe` runs the recipe's program on the target's image. */
  readonly runtime: "vllm" | "recipe";
  readonly vllmImage: string;
  /** Entra tokens for people and services; keys only where a caller cannot have one. */
  readonly access: "entra" | "key";
  /** Resource id of the user-assigned identity a new endpoint runs as; null for one of its own. */
  readonly identity: string | null;
  readonly publicNetwork: boolean;
  readonly concurrentRequests: number;
}
