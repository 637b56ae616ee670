import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blob } from "./bench/blob.ts";
import { firstLoad } from "./bench/first-load.ts";
import { jobPages } from "./bench/job-pages.ts";
import { startAndIdle } from "./bench/start-and-idle.ts";
import { demoRuns } from "./bench/demo-runs.ts";
import { statistics } from "./bench/statistics.ts";
import { observe } from "./bench/observe.ts";
import { printTable, type Row } from "./bench/table.ts";

const benches: Record<string, (folder: string) => Promise<Row[]>> = {
  start: startAndIdle,
  jobs: jobPages,
  ui: firstLoad,
  statistics,
  demo: demoRuns,
  blob,
  observe,
};

// `npm run bench` runs all but what takes minutes: `npm run bench -- demo`, `… blob`, `… observe`.
const asked = process.argv.slice(2).filter((argument) => argument in benches);
const names = asked.length > 0 ? asked : ["start", "jobs", "ui", "statistics"];
const rows: Row[] = [];
for (const name of names) {
  const folder = mkdtempSync(join(tmpdir(), "preceptor-bench-"));
  try {
    rows.push(...((await benches[name]?.(folder)) ?? []));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
printTable(rows);
