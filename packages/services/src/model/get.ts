import { model, modelVersion } from "@preceptor/db";
import { DomainError, type ModelVersion } from "@preceptor/domain";
import { desc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { modelVersionById } from "./view.ts";

export interface ModelPage {
  readonly version: ModelVersion;
  readonly versions: readonly { id: string; version: number; digest: string; createdAt: Date }[];
}

/** One version (the newest unless told) with the list of all of them. */
export async function getModel(
  ctx: ServiceContext,
  input: { readonly name: string; readonly version?: number | undefined },
): Promise<ModelPage> {
  authorise(ctx.caller, "model:read");
  return reading(ctx, async (tx) => {
    const versions = await tx
      .select({
        id: modelVersion.id,
        version: modelVersion.version,
        digest: modelVersion.digest,
        createdAt: modelVersion.createdAt,
      })
      .from(modelVersion)
      .innerJoin(model, eq(model.id, modelVersion.modelId))
      .where(eq(model.name, input.name))
      .orderBy(desc(modelVersion.version));
    const asked =
      input.version === undefined
        ? versions[0]
        : versions.find((one) => one.version === input.version);
    if (!asked)
      throw new DomainError(
        "not-found",
        `There is no model ${input.name}${input.version === undefined ? "" : `@${input.version}`}.`,
      );
    return { version: await modelVersionById(tx, asked.id), versions };
  });
}
