import { DomainError, type FileEntry } from "@preceptor/domain";
import type { DeploymentWork, ProviderContext } from "@preceptor/services";
import type { ServedFile, ServingSpec } from "@preceptor/serving";
import { blobName } from "@preceptor/storage";

const LINK_TTL_MS = 60 * 60_000;

/** What a serving place gets: links to files with their digests, and how to start the server over them. */
export async function servingSpecOf(
  { store }: Pick<ProviderContext, "store">,
  deployment: DeploymentWork,
): Promise<ServingSpec> {
  const { runtime, organizationId, purpose, modelDigest } = deployment;
  if (!runtime) throw new DomainError("unavailable", "No recipe that serves models is registered.");
  const linked = (files: readonly FileEntry[]): Promise<ServedFile[]> =>
    Promise.all(
      files.map(async ({ path, sha256, sizeBytes }) => ({
        path,
        sha256,
        sizeBytes,
        link: await store.link(blobName(organizationId, sha256), LINK_TTL_MS),
      })),
    );
  return {
    purpose,
    modelDigest,
    files: await linked(deployment.files),
    runtime: {
      code: await linked(runtime.files),
      command: ["python", runtime.definition.entry],
      requirements: runtime.definition.requirements,
      preload: runtime.definition.preload ?? null,
    },
  };
}
