import type { ContainerClient } from "@azure/storage-blob";
import type { AzureConnection, WorkspaceClient } from "@preceptor/azure";
import type { AzureMlTarget } from "./target.ts";

/** What every part of the adapter works with; one object per compute target. */
export interface Place {
  readonly connection: AzureConnection;
  readonly client: WorkspaceClient;
  readonly container: ContainerClient;
  readonly target: AzureMlTarget;
  readonly nowMs: () => number;
  readonly log: Log;
}
/** Told of what an operator may want to know; never of a body, a link or a variable. */
export interface Log {
  warn(fields: Readonly<Record<string, string | number>>, message: string): void;
}
export const computeId = ({ client }: Pick<Place, "client">, cluster: string): string =>
  `${client.resourceId}/computes/${cluster}`;
