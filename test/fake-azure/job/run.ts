import { appendFileSync, mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { busyNodes, maximumNodes } from "../arm/compute-nodes.ts";
import type { JobDocument } from "../state.ts";
import type { World } from "../world.ts";
import { buildLog, openCarrier, type Carrier } from "./carry.ts";
import { commandOf, shapeOf } from "./command.ts";
import { durationMs } from "./duration.ts";
import { buildEnvironment } from "./environment.ts";
import { logName, runFolders } from "./folders.ts";
import { launch } from "./launch.ts";
import { preempt } from "./preempt.ts";
import { endProcesses, exitCodeOf } from "./processes.ts";
import { hasRoom } from "./serverless.ts";
import { advance, change, isOver, jobOf, RunFailure, since } from "./status.ts";

/**
 * NotStarted → Preparing → Queued → Running → Finalizing → Completed | Failed
 *      └──────────┴──────────┴─────────┴── CancelRequested → Canceled
 *
 * Each phase reads where the job is from its document, so a service that starts again goes on from there.
 */
type Phase = (run: Run) => Promise<void>;

interface Run {
  readonly world: World;
  readonly id: string;
  /** Aborted when somebody changes the job from outside, or the service ends. */
  readonly signal: AbortSignal;
}

const phases: Readonly<Record<string, Phase>> = {
  NotStarted: async ({ world, id }) => advance(world, id, "NotStarted", { status: "Preparing" }),
  Preparing: prepare,
  Queued: queue,
  Running: watch,
  Finalizing: finalize,
  CancelRequested: cancel,
  NotResponding: rest,
  Paused: rest,
};

/** Takes a job one phase further; false when there is nothing more to do. */
export async function step(run: Run): Promise<boolean> {
  const { world, id, signal } = run;
  const job = jobOf(world, id);
  if (isOver(job)) return false;
  try {
    const stalled = job.stall === job.status;
    await (stalled ? rest : (phases[job.status] ?? rest))(run);
  } catch (error) {
    if (signal.aborted) return true;
    const known = error instanceof RunFailure;
    const reason = error instanceof Error ? error.message : "unknown";
    const code = known ? error.code : "ServiceError";
    await endProcesses(world, jobOf(world, id), 0);
    change(world, id, { status: "Failed", error: { code, message: reason } });
  }
  return true;
}

async function prepare({ world, id, signal }: Run): Promise<void> {
  const { file, blob } = buildLog(world, id);
  mkdirSync(dirname(file), { recursive: true });
  const onLine = (line: string): void => appendFileSync(file, `${line}\n`);
  try {
    await buildEnvironment(world, commandOf(jobOf(world, id)).environmentId, { onLine, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const message = error instanceof Error ? error.message : "unknown";
    onLine(`ERROR: ${message}`);
    throw new RunFailure("ImageBuildFailure", `Image build failed. ${message}`);
  } finally {
    await blob.sync();
  }
  advance(world, id, "Preparing", { status: "Queued" });
}

/** A job starts when all its nodes are free at once; without a cluster, when the quota has room for them. */
async function queue({ world, id, signal }: Run): Promise<void> {
  const command = commandOf(jobOf(world, id));
  const name = command.computeId?.split("/").at(-1);
  while (name === undefined && !hasRoom(world, id, command))
    await pause(world.options.syncMs, undefined, { signal });
  while (name !== undefined) {
    const compute = world.state.computes.get(name);
    if (compute === undefined)
      throw new RunFailure("ComputeNotFound", `The compute target ${name} was deleted.`);
    const steady = compute.provisioningState === "Succeeded";
    const free = maximumNodes(compute) - busyNodes(world, name).length;
    if (steady && free >= shapeOf(command).nodes) break;
    await pause(world.options.syncMs, undefined, { signal });
  }
  advance(world, id, "Queued", { status: "Running" });
}

async function watch(run: Run): Promise<void> {
  const { world, id, signal } = run;
  if (world.options.jobs === "pretend") return await rest(run);
  const carrier = await start(run);
  for (;;) {
    const job = jobOf(world, id);
    if (await preempt(world, job)) return;
    const ended = await endingOf(world, job);
    await carrier.sync();
    if (ended !== null) return advance(world, id, "Running", { ...ended, status: "Finalizing" });
    await pause(world.options.syncMs, undefined, { signal });
  }
}

/** Starts the processes, or finds them again; a start that was cut short is made anew. */
async function start({ world, id, signal }: Run): Promise<Carrier> {
  const job = jobOf(world, id);
  const command = commandOf(job);
  const { nodes, perNode, kind } = shapeOf(command);
  const wanted = kind === "none" ? 1 : nodes * perNode;
  if (job.processes.length === wanted) return await openCarrier(world, id);
  await endProcesses(world, job, 0);
  const { inputs, outputs, exits, logs } = runFolders(world, job);
  for (const folder of [inputs, outputs, exits, logs])
    await rm(folder, { recursive: true, force: true });
  const bin = await buildEnvironment(world, command.environmentId, { onLine: () => {}, signal });
  const carrier = await openCarrier(world, id);
  await launch(world, id, bin, signal);
  return carrier;
}

/** null while it goes on. The first process that fails ends the others. */
async function endingOf(world: World, job: JobDocument): Promise<Partial<JobDocument> | null> {
  const codes = await Promise.all(job.processes.map(exitCodeOf));
  const failed = codes.findIndex((code) => code !== null && code !== 0);
  const timeoutMs = durationMs(commandOf(job).limits?.timeout);
  const over =
    timeoutMs !== null && Date.now() - Date.parse(since(job, "Running") ?? "") > timeoutMs;
  if (failed < 0 && !over) return codes.every((code) => code === 0) ? { error: null } : null;
  await endProcesses(world, job, world.options.graceMs);
  if (failed < 0)
    return {
      error: {
        code: "JobTimedOut",
        message: "The job was canceled: it ran longer than its timeout.",
      },
    };
  const rank = job.processes[failed]?.rank ?? 0;
  const program = commandOf(job).command.trim().split(/\s+/)[0] ?? "";
  const message = `Execution failed. User process '${program}' exited with status code ${codes[failed]}. Please check log file '${logName(job, rank)}' for error details.`;
  return { error: { code: "UserError", message } };
}

/** Everything is carried over before the word that says so. */
async function finalize({ world, id }: Run): Promise<void> {
  const carrier = await openCarrier(world, id);
  await carrier.sync();
  const { error } = jobOf(world, id);
  const failed = error?.code === "JobTimedOut" ? "Canceled" : "Failed";
  advance(world, id, "Finalizing", { status: error === null ? "Completed" : failed });
}

async function cancel(run: Run): Promise<void> {
  const { world, id } = run;
  const job = jobOf(world, id);
  if (job.cancelStuck) return await stuck(run);
  await endProcesses(world, job, world.options.graceMs);
  if (job.processes.length > 0) await (await openCarrier(world, id)).sync();
  change(world, id, { status: "Canceled" });
}

/** A cancel that never ends: the processes go on, and so does what they write. */
async function stuck({ world, id, signal }: Run): Promise<void> {
  const carrier = jobOf(world, id).processes.length > 0 ? await openCarrier(world, id) : null;
  for (;;) {
    await carrier?.sync();
    await pause(world.options.syncMs, undefined, { signal });
  }
}

/** Nothing more happens by itself. */
function rest({ signal }: Run): Promise<void> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
