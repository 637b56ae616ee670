import type { RunsOn } from "@preceptor/compute";
import { computeTarget, job } from "@preceptor/db";
import { count, eq, inArray, sql } from "drizzle-orm";
import type { ServiceContext } from "../../context.ts";
import { acrossOrganizations } from "../../transaction.ts";
import { surveyedStatuses } from "./load.ts";

/** A target with so many attempts under way that it is asked about all of them together. */
export interface BusyTarget {
  readonly target: RunsOn;
  readonly organizationId: string;
  /** The next survey's time has come. */
  readonly isDue: boolean;
  /** Somebody surveyed it a moment ago. */
  readonly isSurveyed: boolean;
}

/** Whoever surveys a target does so again and again; after this long without one, nobody can rely on it any more. */
const reliedOnMs = 30_000;

export function busyTargets(
  db: ServiceContext["db"],
  { atLeast }: { readonly atLeast: number },
): Promise<BusyTarget[]> {
  return acrossOrganizations(db, async (tx) => {
    const busy = tx
      .select({ id: job.computeTargetId })
      .from(job)
      .where(inArray(job.status, [...surveyedStatuses]))
      .groupBy(job.computeTargetId)
      .having(sql`${count()} >= ${atLeast}`);
    const rows = await tx
      .select({
        id: computeTarget.id,
        provider: computeTarget.provider,
        settings: computeTarget.settings,
        organizationId: computeTarget.organizationId,
        isDue: sql<boolean>`${computeTarget.surveyDueAt} <= now()`,
        isSurveyed: sql<boolean>`coalesce(${computeTarget.surveyedAt} > ${fromNow(-reliedOnMs)}, false)`,
      })
      .from(computeTarget)
      .where(inArray(computeTarget.id, busy))
      .orderBy(computeTarget.id);
    return rows.map(({ id, provider, settings, ...row }) => ({
      ...row,
      target: { id, provider, settings },
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
