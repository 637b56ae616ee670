import { sql } from "drizzle-orm";
import { mayDo, type Caller } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";
import { overdueFor } from "./overdue.ts";

export interface Waiting {
  readonly kind: "promotion" | "job" | "deployment" | "compute-target";
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}
export interface OverviewCounts {
  readonly jobs: {
    readonly running: number;
    readonly queued: number;
    readonly unknown: number;
    readonly failedToday: number;
    readonly succeededToday: number;
  };
  readonly openPromotions: number;
  readonly datasets: number;
  readonly models: number;
  readonly storageBytes: number;
  readonly waitingForYou: readonly Waiting[];
}

/** Figures of the organization, and what waits for the one who asks. A day is the last 24 hours. */
export async function readOverview(ctx: ServiceContext): Promise<OverviewCounts> {
  authorise(ctx.caller, "job:read");
  return reading(ctx, async (tx) => ({
    ...(await counts(tx, ctx.now())),
    waitingForYou: await waitingFor(tx, ctx.caller, ctx.now()),
  }));
}

async function counts(tx: Transaction, now: Date): Promise<Omit<OverviewCounts, "waitingForYou">> {
  const since = new Date(now.getTime() - 24 * 3600 * 1000).toISOString();
  const [row] = await tx.execute<Record<string, number>>(sql`select
    (select count(*)::int from job where status in ('starting', 'running', 'finalizing', 'cancelling')) as running,
    (select count(*)::int from job where status = 'queued') as queued,
    (select count(*)::int from job where status = 'unknown') as unknown,
    (select count(*)::int from job where status = 'failed' and ended_at > ${since}::timestamptz) as failed,
    (select count(*)::int from job where status = 'succeeded' and ended_at > ${since}::timestamptz) as succeeded,
    (select count(*)::int from promotion where status = 'open') as open,
    (select count(*)::int from dataset) as datasets,
    (select count(*)::int from model) as models,
    ((select coalesce(sum(size_bytes), 0) from dataset_version) + (select coalesce(sum(size_bytes), 0) from checkpoint where state = 'committed'))::float8 as bytes`);
  const at = (key: string): number => Number(row?.[key] ?? 0);
  return {
    jobs: {
      running: at("running"),
      queued: at("queued"),
      unknown: at("unknown"),
      failedToday: at("failed"),
      succeededToday: at("succeeded"),
    },
    openPromotions: at("open"),
    datasets: at("datasets"),
    models: at("models"),
    storageBytes: at("bytes"),
  };
}

async function waitingFor(tx: Transaction, caller: Caller, now: Date): Promise<Waiting[]> {
  if (caller.kind !== "member") return [];
  const votes = mayDo(caller.roles, "promotion:vote")
    ? await tx.execute<{ id: string; title: string; detail: string }>(sql`
        select p.id, p.dossier->'model'->>'name' || '@' || (p.dossier->'model'->>'version') || ' for ' || p.purpose as title, 'waits for your vote' as detail from promotion p
        where p.status = 'open' and p.requested_by <> ${caller.userId}
          and not exists (select 1 from vote v where v.promotion_id = p.id and v.user_id = ${caller.userId})
          and not exists (select 1 from promotion_exclusion e where e.promotion_id = p.id and e.user_id = ${caller.userId})
        order by p.requested_at limit 20`)
    : [];
  const since = new Date(now.getTime() - 3 * 24 * 3600 * 1000).toISOString();
  const jobs = await tx.execute<{ id: string; title: string; detail: string }>(sql`
    select id, name as title, coalesce(message, case status when 'failed' then 'failed' else 'does not answer' end) as detail from job
    where submitted_by = ${caller.userId} and (status = 'unknown' or (status = 'failed' and ended_at > ${since}::timestamptz)) order by created_at desc limit 10`);
  const overdue = await overdueFor(tx, caller, now);
  const called = new Set(overdue.map(({ id }) => id));
  return [
    ...overdue,
    ...[...votes].map((row) => ({ kind: "promotion" as const, ...row })),
    ...[...jobs]
      .filter(({ id }) => !called.has(id))
      .map((row) => ({ kind: "job" as const, ...row })),
  ];
}
