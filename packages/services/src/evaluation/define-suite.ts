import { digestOf } from "@preceptor/attest";
import {
  dataset,
  datasetFile,
  datasetSubject,
  datasetVersion,
  evaluationSuite,
  recipe,
} from "@preceptor/db";
import {
  DomainError,
  parseReference,
  type DefineEvaluationSuite,
  type EvaluationSuite,
} from "@preceptor/domain";
import { and, desc, eq, sql } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { transaction } from "../transaction.ts";
import { showSuite } from "./suite.ts";

/** Makes the next version of a suite; the same definition again is the version it already has. */
export async function defineSuite(
  ctx: ServiceContext,
  input: DefineEvaluationSuite,
): Promise<EvaluationSuite> {
  authorise(ctx.caller, "evaluation:define");
  const { organizationId } = ctx.caller;
  return transaction(ctx, async (tx) => {
    await assertRecipe(tx, input.recipe);
    await assertTestSplit(tx, input.test);
    // Two definitions of one name wait for each other: their versions stay consecutive.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`suite:${organizationId}:${input.name}`}, 0))`,
    );
    const [latest] = await tx
      .select()
      .from(evaluationSuite)
      .where(eq(evaluationSuite.name, input.name))
      .orderBy(desc(evaluationSuite.version))
      .limit(1);
    if (latest && digestOf(latest.definition) === digestOf(plain(input))) return showSuite(latest);
    const row = {
      id: ctx.newId("evaluationSuite"),
      organizationId,
      name: input.name,
      version: (latest?.version ?? 0) + 1,
      definition: plain(input),
      createdAt: ctx.now(),
    };
    await tx.insert(evaluationSuite).values(row);
    await record(tx, ctx, {
      action: "evaluation.define-suite",
      noun: "evaluation-suite",
      nounId: row.id,
      after: row,
    });
    return showSuite(row);
  });
}

/** As jsonb gives it back: without the keys that are undefined. */
const plain = ({ chance, ...rest }: DefineEvaluationSuite): DefineEvaluationSuite =>
  chance === undefined ? rest : { ...rest, chance };

async function assertRecipe(tx: Transaction, name: string): Promise<void> {
  const [found] = await tx
    .select({ definition: recipe.definition })
    .from(recipe)
    .where(eq(recipe.name, name))
    .orderBy(desc(recipe.version))
    .limit(1);
  if (found?.definition.kind !== "evaluate")
    throw new DomainError("invalid", `There is no recipe ${name} that evaluates.`, {
      field: "recipe",
    });
}

async function assertTestSplit(tx: Transaction, reference: string): Promise<void> {
  const test = parseReference(reference);
  if (test?.scheme !== "dataset")
    throw new DomainError(
      "invalid",
      "A suite is measured on a split: dataset://name@version/split.",
      {
        field: "test",
      },
    );
  const [version] = await tx
    .select({ id: datasetVersion.id })
    .from(datasetVersion)
    .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
    .where(and(eq(dataset.name, test.name), eq(datasetVersion.version, test.version)));
  const [split] = version
    ? await tx.execute(sql`
        select 1 from ${datasetFile} where dataset_version_id = ${version.id} and split = ${test.split}
        union select 1 from ${datasetSubject} where dataset_version_id = ${version.id} and split = ${test.split}`)
    : [];
  if (!split) throw new DomainError("invalid", `There is no ${reference}.`, { field: "test" });
}
