import { providerNames, type ComputeTargetSettings, type ProviderName } from "@preceptor/domain";
import { integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, instant, oneOf, organizationId } from "./columns.ts";

export const computeTarget = pgTable(
  "compute_target",
  {
    id: id(),
    organizationId: organizationId(),
    name: text().notNull(),
    provider: text().$type<ProviderName>().notNull(),
    settings: jsonb().$type<ComputeTargetSettings>().notNull(),
    createdAt: createdAt(),
    /** When the worker that surveys the target's attempts does so next; which one that is, a lock of its session says. */
    surveyDueAt: instant().notNull().defaultNow(),
    surveyedAt: instant(),
    /** How many attempts were under way then. */
    surveyedJobs: integer().notNull().default(0),
  },
  (t) => [
    unique("compute_target_name").on(t.organizationId, t.name),
    oneOf("compute_target_provider", t.provider, providerNames),
  ],
);
