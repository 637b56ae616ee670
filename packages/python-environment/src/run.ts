import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end in a process group of its own; throws with its last lines when it fails. */
export async function run(
  program: string,
  args: readonly string[],
  { environment, onLine, signal }: RunOptions,
): Promise<string> {
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
      onLine(line);
    });
  const abort = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  };
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    signal?.throwIfAborted();
    if (code !== 0)
      throw new Error(
        `${program} ended with ${code ?? "a signal"}: ${lines.slice(-5).join(" | ")}`,
      );
    return lines.join("\n");
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
