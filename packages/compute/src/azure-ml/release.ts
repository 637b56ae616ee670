import { inOurWords } from "@preceptor/azure";
import { DomainError } from "@preceptor/domain";
import { cancelJob } from "./cancel.ts";
import type { Memory } from "./observe.ts";
import type { Place } from "./place.ts";
import { removeProduced } from "./produced.ts";
import { isEnd } from "./status.ts";

/** Removes the attempt's files once nothing can write them any more. Staged inputs and code are shared, and stay. */
export async function releaseJob(place: Place, memory: Memory, attemptId: string): Promise<void> {
  const look = await memory.jobs.lately(attemptId, 0);
  if (look.kind === "unreachable") throw new DomainError("unavailable", look.message);
  if (look.kind === "job" && !isEnd(look.job.status)) {
    await cancelJob(place, memory, attemptId);
    throw new DomainError("unavailable", `${attemptId} has not ended yet: nothing was removed`);
  }
  try {
    await removeProduced(place.container, attemptId);
  } catch (error) {
    throw inOurWords(error);
  }
}
