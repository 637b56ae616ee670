import type { AzureConnection } from "./connection.ts";
import type { WorkspaceClient, WorkspaceName } from "./workspace.ts";

export function workspaceClient(connection: AzureConnection, name: WorkspaceName): WorkspaceClient {
  throw new Error(`${connection.cloud.resourceManager} ${name.workspace}`);
}
