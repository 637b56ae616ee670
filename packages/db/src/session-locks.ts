import type postgres from "postgres";

/** Work that one process at a time does for all, as long as it lives: held by a session of the database, gone with it. */
export interface SessionLocks {
  /**
   * Of the wanted, those this session holds now; what is no longer wanted is let go. Takes one more a call at most, so that processes which
   * began together share. Throws when the database does not answer: then nothing is known to be held.
   */
  hold(wanted: readonly string[]): Promise<ReadonlySet<string>>;
  /** Lets go of everything. */
  end(): Promise<void>;
}

/**
 * `sql`: a pool of one connection that is nobody else's, and reaches Postgres itself: a pooler that shares sessions would share the locks.
 * `space` tells these locks from others.
 */
export function sessionLocks(sql: postgres.Sql, space: number): SessionLocks {
  let session = "";
  const held = new Set<string>();
  return {
    hold: (wanted) =>
      sql.begin(async (tx) => {
        const [row] = await tx<{ session: string }[]>`
          select pid || ' ' || backend_start as session from pg_stat_activity where pid = pg_backend_pid()`;
        if (row?.session !== session) {
          // Another session than before: what that one held is anybody's.
          held.clear();
          session = row?.session ?? "";
          await noticeSilence(tx);
        }
        for (const key of held)
          if (!wanted.includes(key)) {
            await tx`select pg_advisory_unlock(${space}, hashtext(${key}))`;
            held.delete(key);
          }
        for (const key of wanted) {
          if (held.has(key)) continue;
          const [tried] = await tx<{ got: boolean }[]>`
            select pg_try_advisory_lock(${space}, hashtext(${key})) as got`;
          if (!tried?.got) continue;
          held.add(key);
          break;
        }
        return new Set(held);
      }),
    end: () => sql.end({ timeout: 5 }),
  };
}

/** A machine that loses its power says nothing: without this Postgres would keep its session, and its locks, for hours. */
const noticeSilence = (tx: postgres.TransactionSql): Promise<unknown> =>
  tx`select set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
    set_config('tcp_keepalives_count', '3', false)`;
