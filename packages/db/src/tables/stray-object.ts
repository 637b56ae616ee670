import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytes, instant, oneOf, organizationId } from "./columns.ts";

/**
 * A stored object that nothing refers to: seen at `foundAt`, removed once that is a while ago. Whoever is about to refer to it takes the
 * row away first. `removing`: a process is at it, or ended in the middle; `held`: the store refused, `refusal` says why; `removed`: kept
 * for a while, so that whoever saw the object before learns that it is gone.
 */
export const strayObject = pgTable(
  "stray_object",
  {
    organizationId: organizationId(),
    name: text().notNull(),
    sizeBytes: bytes().notNull(),
    state: text().$type<"found" | "removing" | "held" | "removed">().notNull(),
    foundAt: instant().notNull(),
    /** When it came into this state. */
    changedAt: instant().notNull(),
    refusal: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.name] }),
    index("stray_object_next").on(t.organizationId, t.state, t.changedAt),
    oneOf("stray_object_state", t.state, ["found", "removing", "held", "removed"]),
  ],
);
