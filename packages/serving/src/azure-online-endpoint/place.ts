import type { AzureConnection, WorkspaceClient, blobContainer } from "@preceptor/azure";
import type { EndpointQueue } from "./endpoint-queue.ts";
import type { AzureServingTarget } from "./target.ts";

/** What every step needs to know of where it works. */
export interface Place {
  readonly connection: AzureConnection;
  readonly target: AzureServingTarget;
  readonly client: WorkspaceClient;
  readonly container: ReturnType<typeof blobContainer>;
  readonly queue: EndpointQueue;
  /** Keeps two owners of one purpose in the same workspace apart. */
  readonly scope: string;
  readonly pollMs: number;
}

export const endpointPath = (endpoint: string): string => `/onlineEndpoints/${endpoint}`;
export const deploymentPath = (endpoint: string, deployment: string): string =>
  `/onlineEndpoints/${endpoint}/deployments/${deployment}`;
