import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { recipe } from "@preceptor/db";
import {
  DomainError,
  manifestText,
  RecipeDefinition,
  type FileEntry,
  type Recipe,
} from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import { and, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext } from "../context.ts";
import { keepObjects, wantObjects } from "../retention/objects.ts";
import { transaction } from "../transaction.ts";
import { recipeOf } from "./recipe-of.ts";

export interface RecipeFile {
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Makes a recipe of the house known to an organization. The same files are the same recipe; other files under a name already known become
 * its next version, so that a job always names exactly the code it ran.
 */
export async function registerRecipe(
  ctx: ServiceContext,
  input: { definition: unknown; files: readonly RecipeFile[] },
): Promise<Recipe> {
  authoriseSystem(ctx.caller);
  const definition = RecipeDefinition.parse(input.definition);
  const files: FileEntry[] = input.files.map((file) => ({
    path: file.path,
    sizeBytes: file.content.length,
    sha256: createHash("sha256").update(file.content).digest("hex"),
  }));
  for (const needed of [definition.entry, definition.requirements, definition.preload]) {
    if (needed !== undefined && !files.some((file) => file.path === needed))
      throw new DomainError(
        "invalid",
        `Recipe ${definition.name} names ${needed}, which is not among its files.`,
        { field: "entry" },
      );
  }
  const digest = `sha256:${createHash("sha256").update(manifestText(files)).update(JSON.stringify(definition)).digest("hex")}`;
  const sha256s = files.map((file) => file.sha256);
  await wantObjects(ctx, sha256s);
  for (const [index, file] of input.files.entries()) {
    const sha256 = files[index]?.sha256 ?? "";
    await ctx.store.put(
      blobName(ctx.caller.organizationId, sha256),
      Readable.from([file.content]),
      { sha256, sizeBytes: file.content.length },
    );
  }
  return transaction(ctx, async (tx) => {
    await keepObjects(tx, ctx, sha256s);
    const known = await tx
      .select()
      .from(recipe)
      .where(
        and(eq(recipe.organizationId, ctx.caller.organizationId), eq(recipe.name, definition.name)),
      );
    const same = known.find((row) => row.digest === digest);
    if (same) return recipeOf(same);
    const version = Math.max(definition.version - 1, ...known.map((row) => row.version)) + 1;
    const row = {
      id: ctx.newId("recipe"),
      organizationId: ctx.caller.organizationId,
      name: definition.name,
      version,
      digest,
      definition: {
        ...definition,
        version,
        parameters: {
          ...definition.parameters,
          order: definition.parameters.order ?? Object.keys(definition.parameters.properties),
        },
      },
      files,
      createdAt: ctx.now(),
    };
    const [inserted] = await tx.insert(recipe).values(row).onConflictDoNothing().returning();
    // Two processes starting at once register the same files: whoever comes second reads what the first wrote at the next start.
    if (!inserted) return recipeOf(row);
    await record(tx, ctx, {
      action: "recipe.register",
      noun: "recipe",
      nounId: row.id,
      after: { name: row.name, version, digest },
      evidence: digest,
    });
    return recipeOf(inserted);
  });
}
