import { spawn } from "node:child_process";
import { config, root } from "./config.ts";

export type Outcome = { code: number; seconds: number; output: string };

/** Runs a program to its end. `quiet` keeps what it prints for the caller instead of showing it. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { quiet?: boolean; cwd?: string; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: { ...config.environment, ...options.env },
    stdio: ["ignore", options.quiet ? "pipe" : "inherit", options.quiet ? "pipe" : "inherit"],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
  const settle = (code: number): void =>
    resolve({ code, seconds: (performance.now() - started) / 1000, output: chunks.join("") });
  child.once("error", (error) => {
    chunks.push(error.message);
    settle(127);
  });
  child.once("close", (code) => settle(code ?? 1));
  return promise;
}

/** A program that npm installed, run by the pinned Node whatever PATH says. */
export function runTool(
  name: string,
  args: readonly string[],
  options: Parameters<typeof runProgram>[2] = {},
): Promise<Outcome> {
  const path = `${root}/node_modules/.bin`;
  return runProgram(`${path}/${name}`, args, {
    ...options,
    env: { ...options.env, PATH: `${path}:${config.environment.PATH ?? ""}` },
  });
}
