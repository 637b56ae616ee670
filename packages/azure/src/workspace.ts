import type { z } from "zod";
import type { MachineLearningClient } from "./client.ts";

export interface WorkspaceName {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly region: string;
}

export interface ArmRequest<T> {
  readonly method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
  /** From `/subscriptions/` on, or, with any other beginning, below the workspace: `/jobs/<name>`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What the answer must be; an answer without a body is parsed as undefined. */
  readonly schema: z.ZodType<T>;
}

export interface ArmAnswer<T> {
  readonly status: number;
  /** A header's value by its name in any case. */
  readonly header: (name: string) => string | undefined;
  readonly body: T;
}

export interface WorkspaceClient {
  readonly name: WorkspaceName;
  /** `/subscriptions/…/workspaces/<name>`: what resource ids of this workspace begin with. */
  readonly resourceId: string;
  readonly ml: MachineLearningClient;
  /** Any operation, also what the client lacks. A failed one throws; `faultOf` names it. */
  send<T>(request: ArmRequest<T>): Promise<T>;
  /** The same with status and headers, for the address of a long-running operation. */
  exchange<T>(request: ArmRequest<T>): Promise<ArmAnswer<T>>;
  /** Reads run history below this workspace: `/runs/<name>/details`. */
  history<T>(path: string, schema: z.ZodType<T>): Promise<T>;
}
