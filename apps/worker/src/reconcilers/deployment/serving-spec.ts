import { DomainError, type FileEntry } from "@preceptor/domain";
import type { DeploymentWork, ProviderContext } from "@preceptor/services";
import type { ServedFile, ServingSpec } from "@preceptor/serving";
import { blobName } from "@preceptor/storage";

/** What a serving place gets: links to files with their digests, and how to start the server over them. */
export function servingSpecOf(
  { store }: Pick<ProviderContext, "store">,
  deployment: DeploymentWork,
): ServingSpec {
  const { runtime, organizationId, purpose, modelDigest } = deployment;
  if (!runtime) throw new DomainError("unavailable", "No recipe that serves models is registered.");
  const linked = (files: readonly FileEntry[]): ServedFile[] =>
    files.map(({ path, sha256, sizeBytes }) => ({
      path,
      sha256,
      sizeBytes,
      link: (lifeMs) => store.link(blobName(organizationId, sha256), lifeMs),
    }));
  return {
    purpose,
    modelDigest,
    files: linked(deployment.files),
    runtime: {
      code: linked(runtime.files),
      command: ["python", runtime.definition.entry],
      requirements: runtime.definition.requirements,
      preload: runtime.definition.preload ?? null,
    },
  };
}
