import { index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";
import { user } from "./auth.ts";

/* better-auth's organization plugin. `role` holds the member's roles, comma-separated. */
export const organization = pgTable("organization", {
  id: text().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  logo: text(),
  createdAt: instant().notNull().defaultNow(),
  metadata: text(),
});
export const member = pgTable(
  "member",
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    userId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: text().notNull(),
    createdAt: instant().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("member_once").on(t.organizationId, t.userId),
    index("member_user").on(t.userId),
  ],
);
export const invitation = pgTable(
  "invitation",
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organization.id, { onDelete: "cascade" }),
    email: text().notNull(),
    role: text(),
    status: text().notNull().default("pending"),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull().defaultNow(),
    inviterId: text()
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
  },
  (t) => [index("invitation_organization").on(t.organizationId)],
);
