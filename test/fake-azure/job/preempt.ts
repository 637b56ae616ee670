import type { JobDocument, PreemptionShape } from "../state.ts";
import type { World } from "../world.ts";
import { endProcesses } from "./processes.ts";
import { change } from "./status.ts";

type After = (job: JobDocument) => Partial<JobDocument>;

const message = "PreemptionError: Nodes of this job got pre-empted.";

/** What sources say Azure does to a run whose machine is taken away. */
const consequences: Readonly<Record<PreemptionShape, After>> = {
  /** The same run, started again: `retry_001` before its logs, outputs as far as they had arrived. */
  restart: ({ retry }) => ({ status: "Queued", retry: retry + 1, processes: [] }),
  /** It ends, and says why. */
  fail: () => ({ status: "Failed", error: { code: "PreemptionError", message } }),
  /** It is ended without anybody's wish, and only a new job goes on from here. */
  "by-hand": () => ({ status: "Canceled", warnings: [message] }),
};

/** Takes the machine away when its time has come: what was not carried over yet is lost. */
export async function preempt(world: World, job: JobDocument): Promise<boolean> {
  const { preemption } = job;
  if (preemption === null || Date.parse(preemption.at) > Date.now()) return false;
  await endProcesses(world, job, 0);
  change(world, job.id, { ...consequences[preemption.shape](job), preemption: null });
  return true;
}
