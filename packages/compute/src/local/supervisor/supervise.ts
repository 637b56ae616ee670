import { rm, writeFile } from "node:fs/promises";
import { availableParallelism, networkInterfaces } from "node:os";
import { exists } from "../exists.ts";
import type { SupervisedJob } from "../job.ts";
import type { AttemptLayout } from "../layout.ts";
import { endMembers, type Kinship } from "../members.ts";
import type { ProcessIdentity } from "../processes.ts";
import type { Ending } from "../state.ts";
import { endingOf, type Stop } from "./ending.ts";
import { prepareEnvironment } from "./environment.ts";
import { AttemptFailure, inWords } from "./failure.ts";
import { findProgram } from "./find-program.ts";
import { freePort } from "./free-port.ts";
import { makeFolders, materialise } from "./materialise.ts";
import { nodeArgv, startsPython } from "./node-argv.ts";
import { nodeVariables } from "./node-variables.ts";
import { processOf, startNode, type NodePlan, type RunningNode } from "./nodes.ts";
import { interpreterFor, type PythonStart } from "./interpreter.ts";
import { AttemptRecord } from "./record.ts";
import { droppedBy, watch } from "./watch.ts";

const prepareLimitMs = 3_600_000;

/** The whole life of one attempt: files, environment, nodes, watch, end. Returns once its last word is on disk. */
export async function supervise(
  layout: AttemptLayout,
  job: SupervisedJob,
  self: ProcessIdentity,
): Promise<void> {
  const record = new AttemptRecord(layout);
  const kin = (): Kinship => ({
    root: layout.root,
    groups: record.state.groups,
    forked: layout.forked,
    supervisor: self,
  });
  const cancel = listenForCancel(layout);
  await writeFile(layout.runningMark, "");
  await record.save();
  const nodes: RunningNode[] = [];
  let ending: Ending;
  try {
    const plans = await Promise.race([
      prepare(layout, job, record, cancel.signal),
      stopped(cancel),
      tooLong(),
    ]);
    if (plans === null) ending = { kind: "cancelled" };
    else {
      for (const plan of plans) {
        const node = startNode(plan, layout, job.spec.logLimitBytes);
        nodes.push(node);
        record.update({ groups: [...record.state.groups, node.identity] });
      }
      record.update({
        phase: "running",
        message: "running",
        progress: null,
        processes: nodes.map(processOf),
      });
      await record.save();
      const cancelled = stopped(cancel).then((): Stop => ({ kind: "cancelled" }));
      ending = endingOf(
        await watch({ layout, spec: job.spec, nodes, kin: kin(), record, cancelled }),
      );
    }
  } catch (error) {
    ending = failureOf(error, nodes.length > 0);
  }
  const clean = await endMembers(kin(), job.graceMs);
  if (!clean) process.stderr.write("some processes of the attempt could not be ended\n");
  // A node's exit is told after its process is gone; both are needed for a whole picture.
  await Promise.all(nodes.map(async (node) => Promise.all([node.exited, node.close()])));
  record.update({ processes: nodes.map(processOf), dropped: droppedBy(nodes) });
  await record.end(ending);
  await rm(layout.runningMark, { force: true });
}

async function prepare(
  layout: AttemptLayout,
  job: SupervisedJob,
  record: AttemptRecord,
  signal: AbortSignal,
): Promise<readonly NodePlan[]> {
  const { spec } = job;
  await makeFolders(layout, spec);
  await writeFile(layout.parameters, JSON.stringify(spec.parameters), { mode: 0o600 });
  record.update({ message: "copying files", progress: 0 });
  await materialise(
    layout,
    spec,
    (done, total) =>
      record.update({ progress: total === 0 ? 1 : Math.round((100 * done) / total) / 100 }),
    signal,
  );
  const python = await pythonFor(layout, job, record, signal);
  signal.throwIfAborted();
  return planNodes(layout, job, await interpreterFor(layout, job, python));
}

/** A command that is no Python program and has no requirements needs no Python. */
async function pythonFor(
  layout: AttemptLayout,
  job: SupervisedJob,
  record: AttemptRecord,
  signal: AbortSignal,
): Promise<string> {
  const { command, requirements, processesPerNode, distribution } = job.spec;
  const torchrun = distribution === "pytorch" && processesPerNode > 1;
  if (requirements === null && !startsPython(command) && !torchrun) return job.python;
  return prepareEnvironment(layout, job, {
    started: (group) => {
      record.update({ groups: [...record.state.groups, group] });
      void record.save();
    },
    progress: (message, progress) => record.update({ message, progress }),
    signal,
  });
}

async function planNodes(
  layout: AttemptLayout,
  job: SupervisedJob,
  python: PythonStart,
): Promise<readonly NodePlan[]> {
  const { spec } = job;
  const masterPort = await freePort();
  const machine = {
    cpuCores: availableParallelism(),
    loopback: loopbackName(),
    variables: process.env,
  };
  const plans: NodePlan[] = [];
  for (let node = 0; node < spec.nodes; node++) {
    const placement = { node, masterPort };
    const variables = nodeVariables(layout, spec, placement, machine);
    if (spec.requirements !== null)
      Object.assign(variables, activation(python.path, variables["PATH"] ?? ""), python.variables);
    const [name = "", ...rest] = nodeArgv(spec, python.argv, placement);
    const program = await findProgram(name, layout.code, variables["PATH"] ?? "");
    if (program === null)
      throw new AttemptFailure(
        "start-refused",
        `there is no program '${name}' in the code or on this machine`,
      );
    plans.push({ node, rank: node * spec.processesPerNode, argv: [program, ...rest], variables });
  }
  return plans;
}

/** What an environment's `activate` does. */
function activation(python: string, path: string): Record<string, string> {
  const bin = python.slice(0, python.lastIndexOf("/"));
  return { VIRTUAL_ENV: bin.slice(0, bin.lastIndexOf("/")), PATH: `${bin}:${path}` };
}

const loopbackName = (): string =>
  Object.entries(networkInterfaces()).find(([, all]) =>
    all?.some(({ internal }) => internal),
  )?.[0] ?? "lo";

/** The signal makes a cancel quick; the file is what counts, so one that came before this process is not missed. */
function listenForCancel(layout: AttemptLayout): AbortController {
  const cancel = new AbortController();
  const look = async (): Promise<void> => {
    if (await exists(layout.cancelFile)) cancel.abort();
  };
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => cancel.abort());
  const looking = setInterval(() => void look(), 1000);
  looking.unref();
  return cancel;
}

const stopped = ({ signal }: AbortController): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener("abort", () => resolve(null));
  });

const tooLong = (): Promise<never> =>
  new Promise((_, reject) => {
    const failure = new AttemptFailure(
      "environment-failed",
      "files and environment were not ready after an hour",
    );
    setTimeout(() => reject(failure), prepareLimitMs).unref();
  });

function failureOf(error: unknown, started: boolean): Ending {
  if (error instanceof AttemptFailure)
    return { kind: "failed", cause: error.reason, message: error.message };
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return {
    kind: "failed",
    cause: started ? "killed-by-signal" : "start-refused",
    message: `the supervisor met an error: ${inWords(error)}`,
  };
}
