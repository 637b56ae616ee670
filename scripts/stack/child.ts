import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

export type ChildSpec = {
  name: string;
  command: string;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  /** Where its output is kept, as `<name>.log`. */
  logFolder: string;
  /** Whether it says over the channel that it is ready; otherwise it counts as ready once started. */
  announces: boolean;
};

export type Line = { process: string; text: string };

export type SupervisedChild = {
  readonly name: string;
  /** What it answers on, once it said so. */
  readonly address: string | undefined;
  readonly pid: number | undefined;
  stop(): Promise<void>;
};

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const STEADY_MS = 60_000;

/** Starts a process, resolves when it is ready, and from then on starts it again, ever slower, whenever it ends. */
export async function supervise(
  spec: ChildSpec,
  onLine: (line: Line) => void,
): Promise<SupervisedChild> {
  mkdirSync(spec.logFolder, { recursive: true });
  const log = createWriteStream(join(spec.logFolder, `${spec.name}.log`), {
    flags: "a",
    mode: 0o600,
  });
  let stopping = false;
  let failures = 0;
  let address: string | undefined;
  const recent: string[] = [];

  const tell = (text: string): void => {
    if (!log.writableEnded) log.write(`${text}\n`);
    recent.push(text);
    if (recent.length > 20) recent.shift();
    onLine({ process: spec.name, text });
  };

  const launch = (): { child: ChildProcess; ready: Promise<void> } => {
    const started = Date.now();
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      // Detached: Ctrl-C reaches the supervisor only, which then stops its children in order.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on("line", tell);
    const ready = untilReady(child, spec, (found) => (address = found), recent);
    child.once("exit", (code, signal) => {
      if (stopping) return;
      failures = Date.now() - started > STEADY_MS ? 0 : failures + 1;
      const waitMs = Math.min(30_000, 250 * 2 ** failures);
      tell(
        `${spec.name} ended (${signal ?? `code ${code}`}); starting again in ${waitMs / 1000} s`,
      );
      void delay(waitMs, undefined, { ref: false }).then(() => {
        if (stopping) return;
        current = relaunch();
      });
    });
    return { child, ready };
  };
  const relaunch = (): ChildProcess => {
    const next = launch();
    next.ready.catch((error: Error) => tell(error.message));
    return next.child;
  };

  const first = launch();
  let current = first.child;
  const stop = async (): Promise<void> => {
    stopping = true;
    await end(current);
    // The last lines it said are still on their way through the pipe.
    await delay(50);
    log.end();
  };
  try {
    await first.ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: spec.name,
    get address() {
      return address;
    },
    get pid() {
      return current.pid;
    },
    stop,
  };
}

function untilReady(
  child: ChildProcess,
  spec: ChildSpec,
  onAddress: (address: string) => void,
  recent: readonly string[],
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const why = (what: string): Error =>
    new Error(`${spec.name} ${what}:\n${recent.slice(-12).join("\n")}`);
  const timer = setTimeout(
    () => reject(why(`was not ready after ${READY_TIMEOUT_MS / 1000} s`)),
    READY_TIMEOUT_MS,
  );
  child.on("message", (message: unknown) => {
    if (
      typeof message !== "object" ||
      message === null ||
      !("type" in message) ||
      message.type !== "ready"
    )
      return;
    if ("address" in message && typeof message.address === "string") onAddress(message.address);
    resolve();
  });
  child.once("error", (error) => reject(why(`could not be started (${error.message})`)));
  // `close` comes after the last line of output, `exit` may come before it.
  child.once("close", (code, signal) =>
    reject(why(`ended before it was ready (${signal ?? `code ${code}`})`)),
  );
  if (!spec.announces) child.once("spawn", () => resolve());
  return promise.finally(() => clearTimeout(timer));
}

/** Asks the process to end; insists after a while. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  await Promise.race([gone, delay(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await gone;
}
