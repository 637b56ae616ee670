import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const LINES_KEPT = 200;

/** Runs a program to its end in a process group of its own, which an abort kills whole. */
export async function run(
  program: string,
  args: readonly string[],
  { environment, onLine, signal }: RunOptions,
): Promise<{ code: number | null; lines: readonly string[] }> {
  signal?.throwIfAborted();
  const child = spawn(program, args, {
    detached: true,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (lines.length > LINES_KEPT) lines.shift();
      onLine(line);
    });
  const abort = (): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    signal?.throwIfAborted();
    return { code, lines };
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
