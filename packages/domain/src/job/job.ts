import { z } from "zod";
import { PageInput } from "../page.ts";
import type { Tier } from "../compute-target/price.ts";
import type { Money } from "../money.ts";
import type { AttemptStatus, JobReason, JobStatus } from "./status.ts";
import { jobStatuses } from "./status.ts";
import type { JobParameters } from "./plan.ts";
import { jobKinds, type JobKind, type JobSpec } from "./submit.ts";

export interface Attempt {
  readonly id: string;
  readonly jobId: string;
  /** 1 for the first start. Also the fencing token's order: a greater number fences the smaller. */
  readonly number: number;
  readonly fencingToken: number;
  readonly status: AttemptStatus;
  readonly reason: JobReason | null;
  readonly message: string | null;
  readonly resumedFromCheckpointId: string | null;
  readonly preparedAt: Date | null;
  readonly startedAt: Date | null;
  readonly lastObservedAt: Date | null;
  readonly endedAt: Date | null;
  readonly processes: readonly AttemptProcess[];
}
/** One process as its cluster reports it: node and local rank, exit code once it has one. */
export interface AttemptProcess {
  readonly rank: number;
  readonly node: number;
  readonly state: "starting" | "running" | "exited";
  readonly exitCode: number | null;
}

export interface JobSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: JobKind;
  readonly recipe: { name: string; version: number } | null;
  readonly status: JobStatus;
  readonly reason: JobReason | null;
  readonly message: string | null;
  readonly submittedBy: { id: string; name: string };
  readonly target: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly attempts: number;
  readonly outputModel: { name: string; version: number } | null;
}
/** What a job asked for, and what was known of it when it was accepted; null stands for the target's own. */
export interface JobMachine {
  readonly instanceType: string | null;
  readonly tier: Tier;
  readonly image: string | null;
}
export interface Job extends JobSummary {
  readonly spec: JobSpec;
  /** What the recipe is given: the spec's parameters and, for the others, the recipe's defaults. */
  readonly parameters: JobParameters;
  readonly specDigest: string;
  readonly runId: string;
  readonly maxAttempts: number;
  readonly machine: JobMachine;
  /** So far, at the price the job was accepted with; null where its target had none. */
  readonly cost: Money | null;
  readonly attemptList: readonly Attempt[];
  readonly inputs: readonly { name: string; reference: string; nounId: string; digest: string }[];
}

export const ListJobs = PageInput.extend({
  status: z.array(z.enum(jobStatuses)).optional(),
  kind: z.array(z.enum(jobKinds)).optional(),
  search: z.string().max(100).optional(),
  submittedBy: z.string().max(60).optional(),
  sort: z.enum(["createdAt", "name"]).default("createdAt"),
  direction: z.enum(["asc", "desc"]).default("desc"),
});
export type ListJobs = z.infer<typeof ListJobs>;
