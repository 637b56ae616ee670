import type { Amount } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { transaction } from "../transaction.ts";
import { sha256In } from "./referred.ts";
import { noteStrays } from "./remove-checkpoints.ts";

const namesAtOnce = 1000;

/**
 * Looks through the organization's stored bytes for what nothing refers to: given-up uploads, code no job was submitted with, what a
 * crash left. `slice` is the first two hex digits of a digest, a 256th of it all; without it, everything is looked at.
 */
export async function findStrays(ctx: ServiceContext, input: { slice?: string }): Promise<Amount> {
  authorise(ctx.caller, "retention:manage");
  const { organizationId } = ctx.caller;
  const found = { objects: 0, bytes: 0 };
  let seen: { sha256: string; sizeBytes: number }[] = [];
  const note = async (): Promise<void> => {
    const files = seen;
    seen = [];
    // oxlint-disable-next-line preceptor/transaction-is-guarded -- the sweep's own note; what is removed is recorded
    const made = await transaction(ctx, (tx) => noteStrays(tx, ctx, files));
    found.objects += made.objects;
    found.bytes += made.bytes;
  };
  const prefix = `${organizationId}/blob/${input.slice === undefined ? "" : `${input.slice}/`}`;
  for await (const { name, sizeBytes } of ctx.store.list(prefix)) {
    const sha256 = sha256In(name);
    if (sha256 === null) continue;
    seen.push({ sha256, sizeBytes });
    if (seen.length === namesAtOnce) await note();
  }
  if (seen.length > 0) await note();
  return found;
}
