import { providerNames, type ComputeTargetSettings, type ProviderName } from "@preceptor/domain";
import { jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, oneOf, organizationId } from "./columns.ts";

export const computeTarget = pgTable(
  "compute_target",
  {
    id: id(),
    organizationId: organizationId(),
    name: text().notNull(),
    provider: text().$type<ProviderName>().notNull(),
    settings: jsonb().$type<ComputeTargetSettings>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("compute_target_name").on(t.organizationId, t.name),
    oneOf("compute_target_provider", t.provider, providerNames),
  ],
);
