import { sql } from "drizzle-orm";
import type { Transaction } from "@preceptor/db";

/* Postgres delivers a notification only when the transaction that sent it commits. */

/** Wakes the worker: something is due. */
export const wakeWorker = (tx: Transaction) => tx.execute(sql`select pg_notify('work', '')`);

/** Makes the gateway read its routing table again. */
export const reloadRoutes = (tx: Transaction) => tx.execute(sql`select pg_notify('routes', '')`);

/** Tells open screens that this one changed. */
export const tellChanged = (tx: Transaction, organizationId: string, noun: string, id: string) =>
  tx.execute(sql`select pg_notify('changed', ${`${organizationId}:${noun}:${id}`})`);
