import { spawn } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildArguments, environmentFolder } from "@preceptor/python-environment";
import { environmentsFolder, type AttemptLayout } from "../layout.ts";
import { exists } from "../exists.ts";
import { inheritedByPip } from "../inherited.ts";
import type { SupervisedJob } from "../job.ts";
import { attemptVariable } from "../members.ts";
import { findProcess, type ProcessIdentity } from "../processes.ts";
import { AttemptFailure } from "./failure.ts";
import { NodeLog } from "./node-log.ts";
import { PipProgress } from "./pip-progress.ts";
import { findPython, type Interpreter } from "./python.ts";

const logLimitBytes = 1024 * 1024;
const lookMs = 1000;

interface EnvironmentWatcher {
  started(group: ProcessIdentity): void;
  progress(message: string, fraction: number | null): void;
  /** Nothing is started any more once it is aborted. */
  readonly signal: AbortSignal;
}

/** The interpreter the job runs on: the bare one, or that of the environment its requirements stand for, built now if need be. */
export async function prepareEnvironment(
  layout: AttemptLayout,
  job: SupervisedJob,
  watcher: EnvironmentWatcher,
): Promise<string> {
  const interpreter = await findPython(job.python);
  const { requirements } = job.spec;
  if (requirements === null) return interpreter.path;
  const file = join(layout.code, requirements);
  const text = await readFile(file, "utf8").catch(() => {
    throw new AttemptFailure("environment-failed", `the code has no file ${requirements}`);
  });
  const folder = environmentFolder(environmentsFolder(job.workDir), {
    interpreter,
    requirements: text,
    pipArgs: job.pipArgs,
  });
  await mkdir(environmentsFolder(job.workDir), { recursive: true });
  await build({ folder, file, text, interpreter }, layout, job, watcher);
  return join(folder, "bin", "python");
}

interface Plan {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  readonly interpreter: Interpreter;
}

async function build(
  plan: Plan,
  layout: AttemptLayout,
  job: SupervisedJob,
  watcher: EnvironmentWatcher,
): Promise<void> {
  const log = new NodeLog(join(layout.logs, "environment"), logLimitBytes);
  const pip = new PipProgress(plan.text);
  const reused = await exists(join(plan.folder, ".ready"));
  watcher.signal.throwIfAborted();
  const child = spawn(plan.interpreter.path, buildArguments(plan.folder, plan.file, job.pipArgs), {
    cwd: layout.root,
    detached: true,
    env: { ...inheritedByPip(process.env), [attemptVariable]: layout.root },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.pid !== undefined)
    watcher.started({ pid: child.pid, started: findProcess(child.pid)?.started ?? "" });
  const say = async (): Promise<void> =>
    watcher.progress(pip.message, pip.fraction(await countInstalled(plan)));
  const looking = setInterval(() => void say(), lookMs);
  try {
    await say();
    const code = new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    createInterface({ input: child.stdout }).on("line", (line) => {
      log.write(Buffer.from(`${line}\n`));
      pip.line(line);
    });
    if ((await code) !== 0)
      throw new AttemptFailure(
        "environment-failed",
        `the Python environment could not be built: ${pip.failure}`,
      );
    log.write(
      Buffer.from(
        `${reused ? "found" : "built"} the environment of Python ${plan.interpreter.version}\n`,
      ),
    );
  } finally {
    clearInterval(looking);
    log.close();
  }
}

async function countInstalled({ folder, interpreter }: Plan): Promise<number> {
  const [major, minor] = interpreter.version.split(".");
  const packages = join(folder, "lib", `python${major}.${minor}`, "site-packages");
  const names = await readdir(packages).catch(() => []);
  return names.filter((name) => name.endsWith(".dist-info")).length;
}
