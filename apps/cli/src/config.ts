import { homedir } from "node:os";
import type { Io, Output } from "./io.ts";
import { keyboardOf } from "./terminal/keyboard.ts";

/** The one place that reads the environment and the process. */
export function terminalOfThisProcess(): Io {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => stopping.abort(new Interrupted(signal)));
  endQuietlyWhenTheReaderLeaves();
  return {
    env: process.env,
    home: homedir(),
    cwd: process.cwd(),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    stdin: keyboardOf({
      stdin: process.stdin,
      write: (text) => void process.stderr.write(text),
      stopped: stopping.signal,
      interrupt: () => stopping.abort(new Interrupted("SIGINT")),
    }),
    now: () => new Date(),
    stopped: stopping.signal,
  };
}

class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** NO_COLOR (no-color.org) counts when it is set to anything but nothing. */
function outputOf(stream: NodeJS.WriteStream): Output {
  const live = stream.isTTY === true && process.env["TERM"] !== "dumb";
  return {
    write: (text) => void stream.write(text),
    live,
    get columns() {
      return stream.columns || 100;
    },
    get rows() {
      return stream.rows || 40;
    },
    colour: live && (process.env["NO_COLOR"] ?? "") === "",
  };
}

/** `preceptor job logs ID | head` ends as head does, without a stack trace. */
function endQuietlyWhenTheReaderLeaves(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
}
