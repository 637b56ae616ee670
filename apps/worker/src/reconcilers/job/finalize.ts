import type { ComputeProvider } from "@preceptor/compute";
import { DomainError } from "@preceptor/domain";
import { failJob, finalizeJob, type WatchedAttempt, type WatchedJob } from "@preceptor/services";
import type { Work } from "../../reconciler.ts";
import type { Harvester } from "./harvest.ts";
import { candidate } from "./produced.ts";

type Finished = Work & {
  readonly job: WatchedJob;
  readonly attempt: WatchedAttempt;
  readonly provider: ComputeProvider;
  readonly harvester: Harvester;
};

/** Takes in the checkpoints and outputs of an attempt that ended well, ends the job, and frees what the attempt held. */
export async function finalize(look: Finished): Promise<number> {
  const { ctx, lease, attempt, provider, harvester } = look;
  await harvester.harvest(look, attempt, { last: true });
  const outputs = await provider.listProduced(attempt.handle, "outputs");
  try {
    const ended = await finalizeJob(ctx, {
      lease,
      attempt,
      outputs: outputs.map((file) => candidate(provider, attempt.handle, "outputs", file.path)),
    });
    if (!ended) return 0;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "invalid") throw error;
    await failJob(ctx, { lease, reason: "output-invalid", message: error.message });
  }
  harvester.forget(attempt.id);
  try {
    await provider.release(attempt.handle);
  } catch {
    ctx.log.warn({ attempt: attempt.id }, "the attempt's files could not be freed");
  }
  return 0;
}
