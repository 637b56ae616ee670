import { bigint, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, organizationId } from "./columns.ts";

/** Append-only: the application role may neither update nor delete (migration `guards`). */
export const audit = pgTable(
  "audit",
  {
    organizationId: organizationId(),
    seq: bigint({ mode: "number" }).notNull(),
    actorKind: text().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    action: text().notNull(),
    noun: text().notNull(),
    nounId: text().notNull(),
    before: text(),
    after: text(),
    evidence: text(),
    at: instant().notNull(),
    /** RFC 6962 leaf hash of the entry's canonical JSON, hex. */
    leafHash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.seq] }),
    index("audit_noun").on(t.organizationId, t.noun, t.nounId),
  ],
);
/** The Merkle tree's right edge: enough to append a leaf and to know the root. */
export const auditHead = pgTable("audit_head", {
  organizationId: text().primaryKey(),
  treeSize: bigint({ mode: "number" }).notNull(),
  frontier: jsonb().$type<string[]>().notNull(),
  rootHash: text().notNull(),
});
/** Per-organization secrets of the hashing kind: the key of patient hashes. */
export const organizationKey = pgTable("organization_key", {
  organizationId: text().primaryKey(),
  subjectKey: text().notNull(),
});
