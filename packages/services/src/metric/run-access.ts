import { job, type Transaction } from "@preceptor/db";
import { DomainError, type Caller } from "@preceptor/domain";
import { loadRun, type Run } from "@preceptor/tracking";
import { inArray } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";

/** An attempt's token reaches the run of its own job and nothing else. A member may look: figures come from what ran, and from nobody. */
export async function runFor(
  tx: Transaction,
  caller: Caller,
  runId: string,
  purpose: "read" | "write",
): Promise<Run> {
  if (caller.kind !== "attempt") {
    authorise(caller, "metric:read");
    if (purpose === "write")
      throw new DomainError(
        "forbidden",
        "Only the running attempt of a job may write to its run, with the token it was given.",
      );
  }
  const run = await loadRun(tx, runId);
  if (caller.kind === "attempt" && run.jobId !== caller.jobId)
    throw new DomainError("forbidden", "This token may only use the run of its own job.");
  if (purpose === "write" && run.lifecycle === "deleted")
    throw new DomainError("invalid", `The run ${runId} must be in the 'active' state.`, {
      field: "run_id",
    });
  return run;
}

export interface JobRun {
  readonly jobId: string;
  readonly runId: string;
}
/** The runs of these jobs, in the order asked; `not-found` when one is not the organization's. */
export async function runsOfJobs(tx: Transaction, jobIds: readonly string[]): Promise<JobRun[]> {
  const rows = await tx
    .select({ jobId: job.id, runId: job.runId })
    .from(job)
    .where(inArray(job.id, [...jobIds]));
  return jobIds.map((jobId) => {
    const row = rows.find((r) => r.jobId === jobId);
    if (!row) throw new DomainError("not-found", `There is no job ${jobId}.`, { field: "jobIds" });
    return row;
  });
}
