import { DomainError, ReadLineage, type LineageEdge, type LineageGraph } from "@preceptor/domain";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { reading } from "../transaction.ts";
import { collapse } from "./collapse.ts";
import { describeNodes } from "./describe.ts";
import { edges } from "./edges.ts";

/** A graph larger than this is cut, nearest first; a person could not read it anyway. */
const mostEdges = 2000;

/** Where something came from (`back`), everything made from it (`forward`), or both. */
export async function readLineage(
  ctx: ServiceContext,
  input: z.input<typeof ReadLineage>,
): Promise<LineageGraph> {
  authorise(ctx.caller, "lineage:read");
  const { kind, id, direction } = ReadLineage.parse(input);
  return reading(ctx, async (tx) => {
    const back = direction === "forward" ? [] : await walk(tx, id, "back");
    const forward = direction === "back" ? [] : await walk(tx, id, "forward");
    const found = distinct([...back, ...forward]);
    const nodes = await describeNodes(tx, [
      ...new Set([id, ...found.flatMap((edge) => [edge.from, edge.to])]),
    ]);
    if (!nodes.some((node) => node.id === id && node.kind === kind))
      throw new DomainError("not-found", `There is no ${kind} with this id in your organization.`, {
        field: "id",
      });
    return collapse({ focus: id, nodes, edges: found });
  });
}

async function walk(
  tx: Transaction,
  id: string,
  direction: "back" | "forward",
): Promise<LineageEdge[]> {
  const [near, far] =
    direction === "back"
      ? [sql.raw("target"), sql.raw("source")]
      : [sql.raw("source"), sql.raw("target")];
  const rows = await tx.execute<{ source: string; target: string; label: string }>(sql`
    with recursive edge as not materialized (${edges}),
    reached(id, depth) as (
      select ${id}::text, 0
      union
      select edge.${far}, reached.depth + 1 from reached join edge on edge.${near} = reached.id where reached.depth < 40
    ),
    nearest as (select id, min(depth) as depth from reached group by id)
    select edge.source, edge.target, edge.label from nearest join edge on edge.${near} = nearest.id
    order by nearest.depth limit ${mostEdges}`);
  return rows.map((row) => ({ from: row.source, to: row.target, label: row.label }));
}

const distinct = (all: readonly LineageEdge[]): LineageEdge[] => [
  ...new Map(all.map((edge) => [`${edge.from} ${edge.to} ${edge.label}`, edge])).values(),
];
