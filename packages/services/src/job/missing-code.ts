import type { JobSpec } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import type { ServiceContext } from "../context.ts";

/** Digests of the spec's own code files that were not uploaded. Asks the store, so it is called outside any transaction. */
export async function missingCodeOf(
  ctx: Pick<ServiceContext, "caller" | "store">,
  spec: JobSpec,
): Promise<string[]> {
  const missing: string[] = [];
  for (const { sha256, sizeBytes } of spec.code?.files ?? []) {
    const stored = await ctx.store.stat(blobName(ctx.caller.organizationId, sha256));
    if (stored?.sizeBytes !== sizeBytes) missing.push(sha256);
  }
  return missing;
}
