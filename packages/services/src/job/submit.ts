import type { Job, SubmitJob } from "@preceptor/domain";
import { authorise } from "../access/authorise.ts";
import type { ServiceContext } from "../context.ts";
import { keepObjects, wantObjects } from "../retention/objects.ts";
import { transaction } from "../transaction.ts";
import { acceptJob } from "./accept.ts";
import { missingCodeOf } from "./missing-code.ts";
import { jobById } from "./view.ts";

/** Accepts a job: once this returns, the row and its audit entry are committed and it will be run. */
export async function submitJob(ctx: ServiceContext, input: SubmitJob): Promise<Job> {
  authorise(ctx.caller, "job:submit");
  const ownCode = (input.spec.code?.files ?? []).map((file) => file.sha256);
  await wantObjects(ctx, ownCode);
  const missingCode = await missingCodeOf(ctx, input.spec);
  // oxlint-disable-next-line preceptor/transaction-is-guarded -- acceptJob records
  return transaction(ctx, async (tx) => {
    await keepObjects(tx, ctx, ownCode);
    const { jobId } = await acceptJob(tx, ctx, input, { missingCode });
    return jobById(tx, jobId, ctx.now());
  });
}
