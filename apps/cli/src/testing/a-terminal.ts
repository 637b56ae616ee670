import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Io } from "../io.ts";
import { run } from "../program.ts";

/** A home and a folder of its own, and a way to run command lines in it as a person without a terminal would. */
export function aTerminal(env: Record<string, string> = {}, piped = "") {
  const folder = mkdtempSync(join(tmpdir(), "preceptor-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    async preceptor(...argv: string[]) {
      const said = { stdout: "", stderr: "" };
      const output = (name: "stdout" | "stderr") => ({
        write: (text: string) => void (said[name] += text),
        live: false,
        columns: 100,
        rows: 40,
        colour: false,
      });
      const io: Io = {
        env,
        home: folder,
        cwd: folder,
        stdout: output("stdout"),
        stderr: output("stderr"),
        stdin: { secret: async () => null, firstLine: async () => piped },
        now: () => new Date(),
        stopped: new AbortController().signal,
      };
      return { code: await run(argv, io), ...said };
    },
  };
}
