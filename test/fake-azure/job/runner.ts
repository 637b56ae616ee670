import { setTimeout as pause } from "node:timers/promises";
import type { PreemptionShape } from "../state.ts";
import type { World } from "../world.ts";
import { endProcesses } from "./processes.ts";
import { step } from "./run.ts";
import { change, isOver, jobOf } from "./status.ts";

/** Keeps every job that is not over going. */
export interface Runner {
  start(id: string): void;
  /** Something about the job changed from outside: its phase is looked up again. */
  wake(id: string): void;
  /** Takes the machine of a running job away, now or in a while. */
  preempt(id: string, shape: PreemptionShape, afterMs?: number): void;
  /** Stops looking after jobs; their processes end unless they are left to a service that starts again. */
  stop(leaveProcesses: boolean): Promise<void>;
}

export function createRunner(world: World): Runner {
  const running = new Map<string, { controller: AbortController; done: Promise<void> }>();
  let stopped = false;

  async function drive(id: string): Promise<void> {
    // The request that made the job is answered before anything of it can be seen to move.
    await pause(0);
    for (let more = true; more && !stopped;) {
      const entry = running.get(id);
      if (entry === undefined) return;
      entry.controller = new AbortController();
      more = await step({ world, id, signal: entry.controller.signal });
    }
    running.delete(id);
  }

  const runner: Runner = {
    start(id) {
      if (stopped || running.has(id)) return;
      const entry = { controller: new AbortController(), done: Promise.resolve() };
      running.set(id, entry);
      entry.done = drive(id);
    },
    wake(id) {
      const entry = running.get(id);
      if (entry === undefined) runner.start(id);
      else entry.controller.abort();
    },
    preempt(id, shape, afterMs = 0) {
      if (isOver(jobOf(world, id))) throw new Error(`the job ${id} is over`);
      change(world, id, {
        preemption: { shape, at: new Date(Date.now() + afterMs).toISOString() },
      });
    },
    async stop(leaveProcesses) {
      stopped = true;
      const entries = [...running];
      for (const [, { controller }] of entries) controller.abort();
      await Promise.all(entries.map(([, { done }]) => done));
      if (leaveProcesses) return;
      for (const [id] of entries) await endProcesses(world, jobOf(world, id), 0);
    },
  };
  for (const job of world.state.jobs.all()) if (!isOver(job)) runner.start(job.id);
  return runner;
}
