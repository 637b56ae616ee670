#!/usr/bin/env node
// Plain JavaScript: it must run on any Node and find one that can run the TypeScript beside it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { constants, homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const NEEDED = 24;
const here = fileURLToPath(import.meta.url);

if (Number(process.versions.node.split(".")[0]) >= NEEDED) {
  // Stripped types and compiled code are kept: a command line should answer at once.
  module.enableCompileCache?.(
    join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "preceptor"),
  );
  await import("../src/main.ts");
} else {
  const node = pinnedNode(dirname(here));
  if (node === null) {
    console.error(
      `error: preceptor needs Node ${NEEDED}; this is ${process.versions.node}. Run npm ci in the checkout, which brings it.`,
    );
    process.exitCode = 1;
  } else runWith(node);
}

/** The Node that the checkout's lockfile pins, nearest folder first. */
function pinnedNode(folder) {
  const names = ["node/bin/node", "node/bin/node.exe", ".bin/node"];
  for (const name of names) {
    const path = join(folder, "node_modules", name);
    if (existsSync(path)) return path;
  }
  return dirname(folder) === folder ? null : pinnedNode(dirname(folder));
}

function runWith(node) {
  const child = spawn(node, [here, ...process.argv.slice(2)], { stdio: "inherit" });
  // A terminal sends its interrupt to both; what is sent to this process alone is handed on.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`error: ${node} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
