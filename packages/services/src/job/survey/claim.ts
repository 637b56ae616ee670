import type { RunsOn } from "@preceptor/compute";
import { computeTarget, job } from "@preceptor/db";
import { count, eq, inArray, lte, sql, and } from "drizzle-orm";
import type { ServiceContext } from "../../context.ts";
import { acrossOrganizations } from "../../transaction.ts";
import { surveyedStatuses } from "./load.ts";

/** A target whose turn it is. */
export interface SurveyTurn {
  readonly target: RunsOn;
  readonly organizationId: string;
}

/**
 * Takes the targets whose survey is due and that are busy enough for one. A column and no advisory lock: a survey waits for a cluster, and
 * a lock would hold a connection all that time. Where a survey outlasts its claim, two do no harm: each of their writes is guarded.
 */
export function claimSurveys(
  db: ServiceContext["db"],
  { atLeast, claimMs }: { readonly atLeast: number; readonly claimMs: number },
): Promise<SurveyTurn[]> {
  return acrossOrganizations(db, async (tx) => {
    const busy = tx
      .select({ id: job.computeTargetId })
      .from(job)
      .where(inArray(job.status, [...surveyedStatuses]))
      .groupBy(job.computeTargetId)
      .having(sql`${count()} >= ${atLeast}`);
    const rows = await tx
      .update(computeTarget)
      .set({ surveyDueAt: fromNow(claimMs) })
      .where(and(lte(computeTarget.surveyDueAt, sql`now()`), inArray(computeTarget.id, busy)))
      .returning();
    return rows.map(({ id, provider, settings, organizationId }) => ({
      target: { id, provider, settings },
      organizationId,
    }));
  });
}

/** Says when the next is due. `jobs`: how many attempts it kept fresh; null where it failed, so that they are looked at one by one. */
export function finishSurvey(
  db: ServiceContext["db"],
  input: { readonly targetId: string; readonly jobs: number | null; readonly dueInMs: number },
): Promise<unknown> {
  const { targetId, jobs, dueInMs } = input;
  return acrossOrganizations(db, (tx) =>
    tx
      .update(computeTarget)
      .set({
        surveyDueAt: fromNow(dueInMs),
        ...(jobs === null ? {} : { surveyedAt: sql`now()`, surveyedJobs: jobs }),
      })
      .where(eq(computeTarget.id, targetId)),
  );
}

const fromNow = (ms: number) => sql`now() + make_interval(secs => ${ms / 1000}::float8)`;
