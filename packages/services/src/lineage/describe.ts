import { lineageKinds, type LineageKind, type LineageNode } from "@preceptor/domain";
import { sql } from "drizzle-orm";
import type { Transaction } from "../context.ts";

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly kind: LineageKind;
  readonly label: string;
  readonly detail: string;
  readonly status: string | null;
  readonly digest: string | null;
}

/** What each id is, in a line a person reads. Ids of other organizations are simply not there. */
export async function describeNodes(
  tx: Transaction,
  ids: readonly string[],
): Promise<LineageNode[]> {
  const wanted = sql`(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
  const rows = await tx.execute<Row>(sql`
    select v.id, 'dataset-version' as kind, d.name || '@' || v.version as label, v.permit->>'deIdentification' as detail, null as status, v.digest
      from dataset_version v join dataset d on d.id = v.dataset_id where v.id in ${wanted}
    union all select id, 'job', name, kind || ', ' || attempt_count || ' attempt' || case attempt_count when 1 then '' else 's' end, status, spec_digest from job where id in ${wanted}
    union all select id, 'checkpoint', name, coalesce('step ' || step, kind) || coalesce(', removed by retention (' || removal || ')', ''), null, digest from checkpoint where id in ${wanted}
    union all select v.id, 'model-version', m.name || '@' || v.version, coalesce((v.tensors->>'parameters') || ' parameters', 'weights'), null, v.digest
      from model_version v join model m on m.id = v.model_id where v.id in ${wanted}
    union all select e.id, 'evaluation', s.name || '@' || s.version, coalesce(round(e.mean::numeric, 3)::text || ' [' || round(e.lower::numeric, 3) || ', ' || round(e.upper::numeric, 3) || ']', e.status), e.status, e.digest
      from evaluation e join evaluation_suite s on s.id = e.suite_id where e.id in ${wanted}
    union all select id, 'promotion', purpose, stage, status, dossier_digest from promotion where id in ${wanted}
    union all select id, 'deployment', purpose, case when routed then 'answers requests now' else stage end, status, null from deployment where id in ${wanted}`);
  const order = new Map(lineageKinds.map((kind, index) => [kind, index]));
  return [...rows].sort(
    (a, b) => (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0) || (a.id < b.id ? -1 : 1),
  );
}
