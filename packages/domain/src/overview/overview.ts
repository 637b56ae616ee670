import type { Deployment } from "../deployment/deployment.ts";
import type { JobSummary } from "../job/job.ts";

/** What a member sees first: what runs, what failed, and what waits for them. */
export interface Overview {
  readonly jobs: {
    running: number;
    queued: number;
    unknown: number;
    failedToday: number;
    succeededToday: number;
  };
  readonly waitingForYou: readonly { kind: string; id: string; title: string; detail: string }[];
  readonly recentJobs: readonly JobSummary[];
  readonly deployments: readonly Deployment[];
  readonly openPromotions: number;
  readonly datasets: number;
  readonly models: number;
  readonly storageBytes: number;
}
export interface SearchHit {
  readonly kind: string;
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  /** Path of its screen in the web UI. */
  readonly href: string;
}
