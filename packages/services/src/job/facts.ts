import {
  computeTarget,
  dataset,
  datasetFile,
  datasetVersion,
  evaluationSuite,
  model,
  modelVersion,
  recipe,
} from "@preceptor/db";
import {
  parseReference,
  parseVersionedName,
  type InputFacts,
  type JobSpec,
  type PlanFacts,
} from "@preceptor/domain";
import { and, desc, eq } from "drizzle-orm";
import type { ServiceContext, Transaction } from "../context.ts";
import { checkParameters } from "./parameters.ts";

/** Loads what a spec's names stand for in the caller's organization. */
export async function loadFacts(
  tx: Transaction,
  ctx: Pick<ServiceContext, "caller" | "now">,
  spec: JobSpec,
  missingCode: readonly string[],
): Promise<PlanFacts> {
  const { organizationId } = ctx.caller;
  const [target] = await tx
    .select()
    .from(computeTarget)
    .where(
      and(
        eq(computeTarget.organizationId, organizationId),
        eq(computeTarget.name, spec.compute.target),
      ),
    );
  const found =
    spec.recipe === undefined ? undefined : await newestRecipe(tx, organizationId, spec.recipe);
  const inputs: Record<string, InputFacts | null> = {};
  for (const [name, reference] of Object.entries(spec.inputs))
    inputs[name] = await inputFacts(tx, organizationId, reference);
  return {
    now: ctx.now(),
    target: target ? { id: target.id, settings: target.settings } : null,
    recipe: found ? { id: found.id, definition: found.definition } : null,
    inputs,
    parameters: found
      ? checkParameters(found.definition.parameters, spec.parameters)
      : { values: spec.parameters, issues: [] },
    suites: await knownSuites(tx, organizationId, spec.evaluate),
    missingCode,
    known: {
      targets: target ? [] : await targetNames(tx, organizationId),
      recipes: found || spec.recipe === undefined ? [] : await recipeNames(tx, organizationId),
    },
  };
}

async function targetNames(tx: Transaction, organizationId: string): Promise<string[]> {
  const rows = await tx
    .select({ name: computeTarget.name })
    .from(computeTarget)
    .where(eq(computeTarget.organizationId, organizationId))
    .orderBy(computeTarget.name);
  return rows.map(({ name }) => name);
}

async function recipeNames(tx: Transaction, organizationId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ name: recipe.name })
    .from(recipe)
    .where(eq(recipe.organizationId, organizationId))
    .orderBy(recipe.name);
  return rows.map(({ name }) => name);
}

async function newestRecipe(tx: Transaction, organizationId: string, name: string) {
  const [row] = await tx
    .select()
    .from(recipe)
    .where(and(eq(recipe.organizationId, organizationId), eq(recipe.name, name)))
    .orderBy(desc(recipe.version))
    .limit(1);
  return row;
}

async function inputFacts(
  tx: Transaction,
  organizationId: string,
  text: string,
): Promise<InputFacts | null> {
  const reference = parseReference(text);
  if (reference === null) return null;
  if (reference.scheme === "model") {
    const [row] = await tx
      .select({ id: modelVersion.id, digest: modelVersion.digest })
      .from(modelVersion)
      .innerJoin(model, eq(model.id, modelVersion.modelId))
      .where(
        and(
          eq(model.organizationId, organizationId),
          eq(model.name, reference.name),
          eq(modelVersion.version, reference.version),
        ),
      );
    return row ? { type: "model", ...row } : null;
  }
  const [row] = await tx
    .select({ id: datasetVersion.id, digest: datasetVersion.digest, permit: datasetVersion.permit })
    .from(datasetVersion)
    .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
    .where(
      and(
        eq(dataset.organizationId, organizationId),
        eq(dataset.name, reference.name),
        eq(datasetVersion.version, reference.version),
      ),
    );
  if (!row) return null;
  const all = await tx
    .select({
      split: datasetFile.split,
      sizeBytes: datasetFile.sizeBytes,
      rows: datasetFile.rows,
    })
    .from(datasetFile)
    .where(eq(datasetFile.datasetVersionId, row.id));
  // A file of no rows is nothing to train on; a file that is not JSON lines has no count of rows.
  const files = all.filter((file) => file.sizeBytes > 0 && file.rows !== 0);
  return {
    type: "dataset",
    ...row,
    files: files.filter((file) => file.split === reference.split).length,
    splits: [...new Set(files.map((file) => file.split))].sort(),
  };
}

async function knownSuites(
  tx: Transaction,
  organizationId: string,
  names: readonly string[],
): Promise<string[]> {
  const known: string[] = [];
  for (const text of names) {
    const { name, version } = parseVersionedName(text);
    const [row] = await tx
      .select({ id: evaluationSuite.id })
      .from(evaluationSuite)
      .where(
        and(
          eq(evaluationSuite.organizationId, organizationId),
          eq(evaluationSuite.name, name),
          eq(evaluationSuite.version, version),
        ),
      );
    if (row) known.push(text);
  }
  return known;
}
