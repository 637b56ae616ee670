import { z } from "zod";
import { Name } from "../id.ts";
import type { Stage } from "../promotion/promotion.ts";
import type { DeploymentStatus } from "./deployment.ts";
import type { TrafficShare } from "./share.ts";

/** `answered` is somebody's usage; `mirrored` a copy whose answer nobody saw; `passed-on` a try that the routed one answered instead. */
export const servedKinds = ["answered", "mirrored", "passed-on"] as const;
export type ServedKind = (typeof servedKinds)[number];

export const ReadTraffic = z.strictObject({ purpose: Name });
export type ReadTraffic = z.infer<typeof ReadTraffic>;
/** What one deployment did in some time. */
export interface ServedFigures {
  readonly requests: number;
  /** Answered with 500 or more, or not at all. */
  readonly errors: number;
  /** Milliseconds to the last byte; null without requests. */
  readonly latencyMs: { readonly median: number; readonly p95: number } | null;
}
export interface TrafficOfDeployment extends TrafficShare {
  readonly stage: Stage;
  readonly status: DeploymentStatus;
  readonly desired: "serving" | "stopped";
  /** What it is to have once it is healthy. */
  readonly wantedPercent: number;
  readonly wantedMirrorPercent: number;
  readonly lastHour: {
    readonly answered: ServedFigures;
    readonly mirrored: ServedFigures;
    /** Requests it could not take, which the routed one answered. */
    readonly passedOn: number;
  };
}
export interface TrafficChange {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
  readonly before: readonly TrafficShare[];
  readonly after: readonly TrafficShare[];
}
/** Who answers one purpose's requests, and how that came to be. */
export interface PurposeTraffic {
  readonly purpose: string;
  readonly deployments: readonly TrafficOfDeployment[];
  /** The newest first, at most twenty. */
  readonly changes: readonly TrafficChange[];
}
