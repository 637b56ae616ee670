import type { Database } from "@preceptor/db";
import { DomainError } from "@preceptor/domain";
import type { Point } from "./point.ts";
import { writeBatches, type SeriesIds } from "./write.ts";

export interface Batch {
  readonly organizationId: string;
  readonly runId: string;
  readonly points: readonly Point[];
}
interface Waiting {
  readonly batch: Batch;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}
export interface Ingest {
  /** Resolves once the points are committed: whoever reads after that sees them. */
  log(batch: Batch): Promise<void>;
}

/** Points that may wait for the next commit before callers are told to come back. */
const MAX_WAITING_POINTS = 500_000;
const MAX_POINTS_A_COMMIT = 100_000;
const MAX_CACHED_SERIES = 50_000;

/**
 * Group commit: while one transaction commits, all requests that arrive wait together and share the next one, so the cost of
 * a commit does not grow with the number of writers.
 */
export function createIngest(db: Database): Ingest {
  const seriesIds: SeriesIds = new Map();
  const waiting: Waiting[] = [];
  let waitingPoints = 0;
  let working = false;

  const take = (): Waiting[] => {
    let points = 0;
    const until = waiting.findIndex((w) => (points += w.batch.points.length) > MAX_POINTS_A_COMMIT);
    const taken = waiting.splice(0, until === -1 ? waiting.length : Math.max(1, until));
    for (const { batch } of taken) waitingPoints -= batch.points.length;
    return taken;
  };

  const commit = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const written = await writeBatches(
        db,
        group.map((w) => w.batch),
        seriesIds,
      );
      if (seriesIds.size > MAX_CACHED_SERIES) seriesIds.clear();
      for (const [name, id] of written) seriesIds.set(name, id);
      for (const { resolve } of group) resolve();
    } catch (error) {
      const [only, second] = group;
      if (only !== undefined && second === undefined) only.reject(error);
      // One request the database refuses must not take its neighbours with it: each alone, then.
      else for (const one of group) await commit([one]);
    }
  };

  const work = async (): Promise<void> => {
    working = true;
    while (waiting.length > 0) {
      const byOrganization = Map.groupBy(take(), (w) => w.batch.organizationId);
      await Promise.all([...byOrganization.values()].map(commit));
    }
    working = false;
  };

  return {
    log(batch) {
      if (batch.points.length === 0) return Promise.resolve();
      if (waitingPoints + batch.points.length > MAX_WAITING_POINTS)
        return Promise.reject(
          new DomainError("unavailable", "Too many metrics are waiting to be written; try again."),
        );
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ batch, resolve, reject });
      waitingPoints += batch.points.length;
      if (!working) void work();
      return promise;
    },
  };
}

const ingests = new WeakMap<Database, Ingest>();

/** The one ingest of a connection pool, so that everything written through it shares commits. */
export function ingestOf(db: Database): Ingest {
  const known = ingests.get(db);
  if (known) return known;
  const made = createIngest(db);
  ingests.set(db, made);
  return made;
}
