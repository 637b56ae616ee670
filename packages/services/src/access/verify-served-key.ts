import { hash } from "node:crypto";
import { apikey, organization, type Database } from "@preceptor/db";
import { and, eq, gt, isNull, or } from "drizzle-orm";
import { acrossOrganizations } from "../transaction.ts";

export interface ServedKey {
  readonly keyId: string;
  readonly organizationId: string;
  readonly expiresAt: Date | null;
}

/** What is kept of a key: better-auth's default hash of it, SHA-256 in base64url without padding. */
export const servedKeyDigest = (key: string): string => hash("sha256", key, "base64url");

/** The enabled, unexpired key of an organization with this digest; null when there is none. */
export async function verifyServedKey(
  db: Database,
  digest: string,
  now: Date,
): Promise<ServedKey | null> {
  const [found] = await acrossOrganizations(db, (tx) =>
    tx
      .select({
        keyId: apikey.id,
        organizationId: organization.id,
        expiresAt: apikey.expiresAt,
      })
      .from(apikey)
      // A key that refers to a person instead of an organization opens nothing here.
      .innerJoin(organization, eq(organization.id, apikey.referenceId))
      .where(
        and(
          eq(apikey.key, digest),
          eq(apikey.enabled, true),
          or(isNull(apikey.expiresAt), gt(apikey.expiresAt, now)),
          or(isNull(apikey.remaining), gt(apikey.remaining, 0)),
        ),
      )
      .limit(1),
  );
  return found ?? null;
}
