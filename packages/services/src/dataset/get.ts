import { dataset, datasetVersion } from "@preceptor/db";
import { DomainError, type DatasetVersion } from "@preceptor/domain";
import { desc, eq } from "drizzle-orm";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { reading } from "../transaction.ts";
import { loadVersion } from "./load-version.ts";

export interface VersionStub {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly createdAt: Date;
}

/** One version (the newest unless said) and the list of all. */
export async function getDataset(
  ctx: ServiceContext,
  input: { name: string; version?: number | undefined },
): Promise<{ version: DatasetVersion; versions: VersionStub[] }> {
  authorise(ctx.caller, "dataset:read");
  return reading(ctx, async (tx) => {
    const versions = await tx
      .select({
        id: datasetVersion.id,
        version: datasetVersion.version,
        digest: datasetVersion.digest,
        createdAt: datasetVersion.createdAt,
      })
      .from(datasetVersion)
      .innerJoin(dataset, eq(dataset.id, datasetVersion.datasetId))
      .where(eq(dataset.name, input.name))
      .orderBy(desc(datasetVersion.version));
    const wanted =
      input.version === undefined ? versions[0] : versions.find((v) => v.version === input.version);
    if (!wanted)
      throw new DomainError(
        "not-found",
        `There is no dataset ${input.name}${input.version === undefined ? "" : `@${input.version}`} in your organization.`,
        { field: "name" },
      );
    return { version: await loadVersion(tx, wanted.id), versions };
  });
}
