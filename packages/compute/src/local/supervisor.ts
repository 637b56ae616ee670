/**
 * The program that carries one attempt. It is started in its own session with the job on its standard input, outlives the worker that
 * started it, and speaks through the files of the attempt's `state` folder.
 */
import { finished } from "node:stream/promises";
import { claimAttempt } from "./claim.ts";
import { claimedWord, type SupervisedJob } from "./job.ts";
import { attemptLayout } from "./layout.ts";
import { findProcess } from "./processes.ts";
import { supervise } from "./supervisor/supervise.ts";

process.on("SIGHUP", () => {});

let text = "";
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) text += String(chunk);
const job = readJob(text);
const layout = attemptLayout(job.workDir, job.attemptId);
const row = findProcess(process.pid);
if (!row) throw new Error("this process does not find itself in the process table");
const self = { pid: row.pid, started: row.started };
const mine = await claimAttempt(layout, { supervisor: self });
process.stdout.end(claimedWord);
await finished(process.stdout).catch(() => {});
if (mine) await supervise(layout, job, self);
process.exit(0);

/** A worker that died in the middle leaves half a text: nothing was claimed, and the next start begins anew. */
function readJob(json: string): SupervisedJob {
  try {
    return JSON.parse(json) as SupervisedJob;
  } catch {
    // The parser's own message would quote the text, which holds secrets.
    throw new Error("the job did not arrive whole");
  }
}
