import { experiment, run, runParam, runTag, type Database, type Transaction } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { inOrganization } from "./scope.ts";

export type Run = typeof run.$inferSelect;
export interface Pair {
  readonly key: string;
  readonly value: string;
}
export interface Experiment {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** `not-found` where the organization has no such run. */
export async function loadRun(tx: Transaction, runId: string): Promise<Run> {
  const [row] = await tx.select().from(run).where(eq(run.id, runId));
  if (!row) throw new DomainError("not-found", `Run '${runId}' not found.`, { field: "run_id" });
  return row;
}
export const readParams = (tx: Transaction, runId: string): Promise<Pair[]> =>
  tx
    .select({ key: runParam.key, value: runParam.value })
    .from(runParam)
    .where(eq(runParam.runId, runId))
    .orderBy(asc(runParam.key));
export const readTags = (tx: Transaction, runId: string): Promise<Pair[]> =>
  tx
    .select({ key: runTag.key, value: runTag.value })
    .from(runTag)
    .where(eq(runTag.runId, runId))
    .orderBy(asc(runTag.key));

/**
 * Params never change: the same value again is fine; another one refuses the whole batch, or with `keep` leaves what was said first.
 */
export function writeParams(
  db: Database,
  organizationId: string,
  runId: string,
  params: readonly Pair[],
  onChange: "refuse" | "keep" = "refuse",
): Promise<void> {
  return inOrganization(db, organizationId, async (tx) => {
    const sorted = params.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    await tx
      .insert(runParam)
      .values(sorted.map((pair) => ({ organizationId, runId, ...pair })))
      .onConflictDoNothing();
    if (onChange === "keep") return;
    const keys = sorted.map((pair) => pair.key);
    const kept = await tx
      .select({ key: runParam.key, value: runParam.value })
      .from(runParam)
      .where(and(eq(runParam.runId, runId), inArray(runParam.key, keys)));
    const values = new Map(kept.map(({ key, value }) => [key, value]));
    const changed = sorted.find(({ key, value }) => values.get(key) !== value);
    if (changed)
      throw new DomainError(
        "invalid",
        `Changing param values is not allowed. Param with key='${changed.key}' was already logged with value='${values.get(changed.key)}' for run ID='${runId}'. Attempted logging new value '${changed.value}'.`,
        { field: "params" },
      );
  });
}

/** Tags are overwritten; the last of a batch counts. */
export function writeTags(
  db: Database,
  organizationId: string,
  runId: string,
  tags: readonly Pair[],
): Promise<void> {
  const last = new Map(tags.map(({ key, value }) => [key, value]));
  const rows = [...last]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ organizationId, runId, key, value }));
  return inOrganization(db, organizationId, async (tx) => {
    await tx
      .insert(runTag)
      .values(rows)
      .onConflictDoUpdate({
        target: [runTag.runId, runTag.key],
        set: { value: sql`excluded.value` },
      });
  });
}

/** What the client says of its run: information, never the job's truth. */
export function updateRun(
  db: Database,
  organizationId: string,
  runId: string,
  change: { status?: string; endedAt?: Date; name?: string },
): Promise<Run> {
  return inOrganization(db, organizationId, async (tx) => {
    if (Object.keys(change).length > 0) await tx.update(run).set(change).where(eq(run.id, runId));
    return loadRun(tx, runId);
  });
}

/** The experiment of that name, made if there is none. */
export async function ensureExperiment(
  tx: Transaction,
  organizationId: string,
  name: string,
): Promise<Experiment> {
  await tx.insert(experiment).values({ organizationId, name }).onConflictDoNothing();
  const [row] = await tx.select().from(experiment).where(eq(experiment.name, name));
  if (!row) throw new Error("the experiment is not visible: row-level scope is missing");
  return { ...row, id: String(row.id) };
}
export async function listExperiments(tx: Transaction): Promise<Experiment[]> {
  const rows = await tx.select().from(experiment).orderBy(asc(experiment.id));
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}
