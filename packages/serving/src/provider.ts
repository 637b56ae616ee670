import type { EndpointAccess, FileLink } from "@preceptor/domain";

export interface ServedFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Asked for when its copy begins. */
  readonly link: FileLink;
}
export interface ServingSpec {
  readonly purpose: string;
  /** `sha256:…` of the model's manifest; the adapter loads nothing whose files do not match. */
  readonly modelDigest: string;
  readonly files: readonly ServedFile[];
  readonly runtime: {
    readonly code: readonly ServedFile[];
    readonly command: readonly string[];
    readonly requirements: string | null;
    /** Path inside the code of the modules that may be imported ahead, one a line; an adapter may ignore it. */
    readonly preload?: string | null;
  };
}
export interface ServingHandle {
  readonly provider: ServingProviderName;
  readonly deploymentId: string;
  readonly data: Readonly<Record<string, string>>;
}
export const servingProviderNames = ["local", "azure-online-endpoint"] as const;
export type ServingProviderName = (typeof servingProviderNames)[number];
export type ServingObservation =
  | { readonly kind: "starting"; readonly message: string }
  /** Answers its health check. `endpoint` is an OpenAI-compatible base URL ending in `/v1`; `access` says how it is asked, and holds no secret. */
  | {
      readonly kind: "healthy";
      readonly endpoint: string;
      readonly access: EndpointAccess;
    }
  | { readonly kind: "unhealthy"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "gone" };
/** Whole percentages of one endpoint's requests, by the place's own names. Live ones sum to 0 or 100. */
export interface Traffic {
  readonly live: Readonly<Record<string, number>>;
  /** A copy of requests whose answers nobody sees. */
  readonly mirror: Readonly<Record<string, number>>;
}
export interface TrafficPart {
  readonly handle: ServingHandle;
  readonly percent: number;
  readonly mirrorPercent: number;
}
/** Splits what comes to an endpoint without naming a deployment. Each change answers the former traffic: `restore` is the way back. */
export interface TrafficControl {
  read(handle: ServingHandle): Promise<Traffic>;
  /** Gives the deployment its share (a canary, or 100); the others keep their proportions. */
  share(handle: ServingHandle, percent: number): Promise<Traffic>;
  /** At most 50, and never to a deployment that has live traffic; 0 ends it. */
  mirror(handle: ServingHandle, percent: number): Promise<Traffic>;
  /** Refused with `conflict` when a deployment it names is gone. */
  restore(handle: ServingHandle, former: Traffic): Promise<Traffic>;
  /**
   * One step towards exactly this split of one endpoint; what it does not name gets nothing. Waits for nobody: true once it is so,
   * false while a change is under way or another operation keeps it from being asked for. To be called again until it is true.
   */
  bring(parts: readonly TrafficPart[]): Promise<boolean>;
}
/** A place a model answers from. Same promises as compute: one start a deployment id, found again after a restart, stopping twice succeeds. */
export interface ServingProvider {
  readonly name: ServingProviderName;
  start(deploymentId: string, spec: ServingSpec): Promise<ServingHandle>;
  observe(handles: readonly ServingHandle[]): Promise<readonly ServingObservation[]>;
  stop(handle: ServingHandle): Promise<void>;
  readonly capabilities: {
    readonly traffic?: TrafficControl;
    readonly logs?: {
      read(
        handle: ServingHandle,
        offset: number,
        limitBytes: number,
      ): Promise<{ text: string; nextOffset: number }>;
    };
  };
}
