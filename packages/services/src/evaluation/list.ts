import { evaluation, evaluationSuite, model, modelVersion } from "@preceptor/db";
import {
  parseVersionedName,
  type Evaluation,
  type ListEvaluations,
  type Page,
} from "@preceptor/domain";
import { and, desc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { newestFirst, olderThan } from "../newest-first.ts";
import { reading } from "../transaction.ts";
import { selectEvaluations, showEvaluation } from "./view.ts";

/** Evaluations, newest first; of one model version or one suite where asked. */
export async function listEvaluations(
  ctx: ServiceContext,
  input: ListEvaluations,
): Promise<Page<Evaluation>> {
  authorise(ctx.caller, "evaluation:read");
  const ofModel =
    input.model === undefined ? null : nameAndVersion(input.model.replace(/^model:\/\//, ""));
  const ofSuite = input.suite === undefined ? null : nameAndVersion(input.suite);
  return reading(ctx, async (tx) => {
    const rows = await selectEvaluations(tx)
      .where(
        and(
          ofModel ? eq(model.name, ofModel.name) : undefined,
          ofModel?.version ? eq(modelVersion.version, ofModel.version) : undefined,
          ofSuite ? eq(evaluationSuite.name, ofSuite.name) : undefined,
          ofSuite?.version ? eq(evaluationSuite.version, ofSuite.version) : undefined,
          olderThan(input.cursor, evaluation.createdAt, evaluation.id),
        ),
      )
      .orderBy(desc(evaluation.createdAt), desc(evaluation.id))
      .limit(input.limit + 1);
    return newestFirst(
      rows,
      input.limit,
      (row) => ({ at: row.evaluation.createdAt, id: row.evaluation.id }),
      showEvaluation,
    );
  });
}

const nameAndVersion = (text: string): { name: string; version: number | null } => {
  if (!text.includes("@")) return { name: text, version: null };
  const { name, version } = parseVersionedName(text);
  // No version is past nine digits; what is none finds nothing.
  return { name, version: version >= 1 && version < 1e9 ? Math.floor(version) : -1 };
};
