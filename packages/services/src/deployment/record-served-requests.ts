import { servedRequest, type Database } from "@preceptor/db";
import type { ServedKind } from "@preceptor/domain";
import { acrossOrganizations } from "../transaction.ts";

/** One request that reached a model: who, which model, how much. Never text. */
export interface ServedRequest {
  readonly organizationId: string;
  readonly kind: ServedKind;
  /** Whose usage it is; null for what is nobody's: copies, and tries that another deployment answered instead. */
  readonly keyId: string | null;
  readonly deploymentId: string;
  readonly modelVersionId: string;
  readonly at: Date;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly latencyMs: number;
  readonly status: number;
}

/** Writes a batch of the gateway's usage, of any organizations. */
export async function recordServedRequests(
  db: Database,
  requests: readonly ServedRequest[],
): Promise<void> {
  if (requests.length === 0) return;
  await acrossOrganizations(db, (tx) => tx.insert(servedRequest).values([...requests]));
}
