import { join } from "node:path";
import type { ProcessIdentity } from "@preceptor/python-environment";
import { openCollection, type Collection } from "./collection.ts";

export type Wire = Readonly<Record<string, unknown>>;

/** A version of a code, an environment or a model; `id` is `name:version`. */
export interface AssetDocument {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly properties: Wire;
  readonly createdAt: string;
  readonly modifiedAt: string;
}

/** A compute, an endpoint or a deployment: what was asked for, and how far it is. */
export interface ResourceDocument {
  readonly id: string;
  readonly body: Wire;
  readonly provisioningState: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
  /** The service's own notes about it, never sent as they are. */
  readonly inner: Wire;
}

export interface JobProcess {
  readonly rank: number;
  readonly node: number;
  readonly identity: ProcessIdentity;
  readonly exitFile: string;
  readonly logFile: string;
}

export type PreemptionShape = "restart" | "fail" | "by-hand";

export interface JobDocument {
  readonly id: string;
  readonly body: Wire;
  readonly createdAt: string;
  readonly status: string;
  readonly history: readonly { readonly status: string; readonly at: string }[];
  /** How often the service itself has started it again. */
  readonly retry: number;
  readonly processes: readonly JobProcess[];
  readonly masterPort: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly warnings: readonly string[];
  /** A cancel that never ends: asked for, and nothing happens. */
  readonly cancelStuck: boolean;
  /** A phase it never leaves by itself. */
  readonly stall: string | null;
  readonly preemption: { readonly shape: PreemptionShape; readonly at: string } | null;
}

export interface OperationDocument {
  readonly id: string;
  readonly resource: string;
  readonly status: "InProgress" | "Succeeded" | "Failed";
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface State {
  readonly codes: Collection<AssetDocument>;
  readonly environments: Collection<AssetDocument>;
  readonly models: Collection<AssetDocument>;
  readonly jobs: Collection<JobDocument>;
  readonly computes: Collection<ResourceDocument>;
  readonly endpoints: Collection<ResourceDocument>;
  /** `id` is `endpoint:deployment`. */
  readonly deployments: Collection<ResourceDocument>;
  readonly operations: Collection<OperationDocument>;
}

export function openState(folder: string): State {
  const open = <T extends { readonly id: string }>(noun: string): Collection<T> =>
    openCollection<T>(join(folder, "state", noun));
  return {
    codes: open("code"),
    environments: open("environment"),
    models: open("model"),
    jobs: open("job"),
    computes: open("compute"),
    endpoints: open("endpoint"),
    deployments: open("deployment"),
    operations: open("operation"),
  };
}
