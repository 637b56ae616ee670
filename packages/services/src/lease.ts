import {
  claimDue,
  releaseLease,
  renewLease,
  type ClaimOptions,
  type Lease,
  type LeasedNoun,
} from "@preceptor/db";
import type { ServiceContext } from "./context.ts";
import { acrossOrganizations } from "./transaction.ts";

export type { Lease, LeasedNoun } from "@preceptor/db";

/* What the worker holds rows by. Claims see every organization; the work itself is then done in the row's own. */

export const claimWork = (
  db: ServiceContext["db"],
  noun: LeasedNoun,
  options: ClaimOptions,
): Promise<Lease[]> => acrossOrganizations(db, (tx) => claimDue(tx, noun, options));

export const renewWork = (
  db: ServiceContext["db"],
  lease: Lease,
  leaseMs: number,
): Promise<boolean> => acrossOrganizations(db, (tx) => renewLease(tx, lease, leaseMs));

export const releaseWork = (
  db: ServiceContext["db"],
  lease: Lease,
  dueInMs: number,
): Promise<void> => acrossOrganizations(db, (tx) => releaseLease(tx, lease, dueInMs));
