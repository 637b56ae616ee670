import {
  AbandonJob,
  ListJobs,
  SubmitJob,
  type CostEstimate,
  type Job,
  type JobSpec,
  type JobSummary,
  type Page,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import type { Field } from "../errors.ts";
import { tailLog } from "../streams/tail-log.ts";
import { watchJob } from "../streams/watch-job.ts";
import { member, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.string().max(60) });
const lastEventId = z.string().max(200).nullish();
const Log = z.strictObject({ attemptId: z.string().max(60), log: z.string().max(100) });
const ReadLog = Log.extend({
  offset: z.number().int().nonnegative().default(0),
  limitBytes: z.number().int().min(1).max(1_000_000).default(200_000),
});
const Logs = z.strictObject({
  jobId: z.string().max(60),
  attemptId: z.string().max(60).optional(),
});

export interface LogText {
  readonly text: string;
  readonly nextOffset: number;
  /** Bytes the process printed past the kept limit. */
  readonly droppedBytes: number;
  readonly ended: boolean;
}
export interface JobValidation {
  readonly ok: boolean;
  readonly issues: readonly Field[];
  /** With defaults filled in; present when it is ok. */
  readonly spec?: JobSpec | undefined;
  /** What it may come to, where its target has a price. */
  readonly cost?: CostEstimate | null | undefined;
}

export const jobRouter = router({
  list: member
    .input(ListJobs)
    .query(({ ctx, input }): Promise<Page<JobSummary>> => service.listJobs(ctx.verb, input)),
  get: member.input(Id).query(({ ctx, input }): Promise<Job> => service.getJob(ctx.verb, input)),
  validate: member
    .input(z.strictObject({ spec: z.unknown() }))
    .query(({ ctx, input }): Promise<JobValidation> => service.validateJob(ctx.verb, input)),
  submit: member
    .input(SubmitJob)
    .mutation(({ ctx, input }): Promise<Job> => service.submitJob(ctx.verb, input)),
  cancel: member
    .input(Id)
    .mutation(({ ctx, input }): Promise<Job> => service.cancelJob(ctx.verb, input)),
  abandon: member
    .input(AbandonJob)
    .mutation(({ ctx, input }): Promise<Job> => service.abandonJob(ctx.verb, input)),
  logs: member
    .input(Logs)
    .query(({ ctx, input }): Promise<readonly { attemptId: string; log: string }[]> =>
      service.listLogs(ctx.verb, input),
    ),
  readLog: member
    .input(ReadLog)
    .query(({ ctx, input }): Promise<LogText> => service.readLog(ctx.verb, input)),
  watch: member
    .input(Id.extend({ lastEventId }))
    .subscription(({ ctx, input, signal }) => watchJob(ctx.verb, ctx.changes, input, signal)),
  tail: member
    .input(Log.extend({ offset: z.number().int().nonnegative().default(0), lastEventId }))
    .subscription(({ ctx, input, signal }) => tailLog(ctx.verb, ctx.changes, input, signal)),
});
