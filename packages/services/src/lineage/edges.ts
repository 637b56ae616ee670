import { sql, type SQL } from "drizzle-orm";

/** Every "made from" of the house as (from, to, label). Row-level security narrows each table to the caller's organization. */
export const edges: SQL = sql`
  select dataset_version_id as source, job_id as target, name as label from job_input where dataset_version_id is not null
  union all select model_version_id, job_id, name from job_input where model_version_id is not null
  union all select job_id, id, 'wrote' from checkpoint where state <> 'refused'
  union all select checkpoint_id, id, 'became' from model_version
  union all select job_id, id, 'measured' from evaluation
  union all select item->>'id', promotion.id, 'evidence' from promotion, jsonb_array_elements(dossier->'evaluations') item
  union all select model_version_id, id, 'asked for' from promotion
  union all select promotion_id, id, 'serves' from deployment`;
