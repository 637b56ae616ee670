import { index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, id, organizationId } from "./columns.ts";

/** A partner's request for an adapted model. `organizationId` is the partner's own, so only it and the system see the row. */
export const adaptation = pgTable(
  "adaptation",
  {
    id: id(),
    organizationId: organizationId(),
    ownerOrganizationId: text().notNull(),
    baseModelVersionId: text().notNull(),
    purpose: text().notNull(),
    request: text().notNull(),
    status: text().$type<"asked" | "accepted" | "declined" | "done">().notNull().default("asked"),
    requestedBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("adaptation_organization").on(t.organizationId, t.createdAt)],
);
