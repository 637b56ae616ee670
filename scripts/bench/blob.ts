import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../config.ts";
import type { Row } from "./table.ts";

const run = promisify(execFile);
const compare = join(root, "packages/storage/src/testing/bench/compare.ts");
const mebibytes = 2048;

/** Uploads and downloads through an emulator on this machine, beside the SDK's own best settings in the same run. */
export async function blob(folder: string): Promise<Row[]> {
  const comparing = run(process.execPath, [compare, folder, String(mebibytes)]);
  // Ten transfers take minutes: each is told as it ends.
  comparing.child.stderr?.pipe(process.stderr);
  const { stdout } = await comparing;
  const best = JSON.parse(stdout) as Record<string, { seconds: number; peakMb: number }>;
  const speed = (way: string): number => mebibytes / (best[way]?.seconds ?? Number.NaN);
  const row = (what: string, ours: string, theirs: readonly string[]): Row[] => [
    {
      figure: `${what} of ${mebibytes} MiB, of the SDK's best speed`,
      aim: "≥ 90 %",
      measured: `${((100 * speed(ours)) / Math.max(...theirs.map(speed))).toFixed(0)} %`,
      note: [ours, ...theirs].map((way) => `${way} ${speed(way).toFixed(0)} MiB/s`).join(", "),
    },
    {
      figure: `${what}, most memory of the process`,
      aim: "≤ 350 MB",
      measured: `${best[ours]?.peakMb.toFixed(0)} MB`,
      note: theirs.map((way) => `${way} ${best[way]?.peakMb.toFixed(0)} MB`).join(", "),
    },
  ];
  return [
    ...row("upload", "our put", ["sdk uploadFile", "sdk uploadStream"]),
    ...row("download", "our get", ["sdk downloadToFile"]),
  ];
}
