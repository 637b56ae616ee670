import { boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "../columns.ts";

/* better-auth's API keys. `key` is a hash; `referenceId` is the owning organization. */
export const apikey = pgTable(
  "apikey",
  {
    id: text().primaryKey(),
    configId: text().notNull().default("default"),
    name: text(),
    start: text(),
    referenceId: text().notNull(),
    prefix: text(),
    key: text().notNull(),
    refillInterval: integer(),
    refillAmount: integer(),
    lastRefillAt: instant(),
    enabled: boolean().default(true),
    rateLimitEnabled: boolean().default(true),
    rateLimitTimeWindow: integer(),
    rateLimitMax: integer(),
    requestCount: integer().default(0),
    remaining: integer(),
    lastRequest: instant(),
    expiresAt: instant(),
    createdAt: instant().notNull().defaultNow(),
    updatedAt: instant().notNull().defaultNow(),
    permissions: text(),
    metadata: text(),
  },
  (t) => [index("apikey_key").on(t.key), index("apikey_reference").on(t.referenceId)],
);
