import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../config.ts";
import { runProgram } from "../program.ts";
import type { Row } from "./table.ts";

/** `npm run demo -- --exit` in an empty data folder, and again in the same one: whole commands, as a newcomer runs them. */
export async function demoRuns(folder: string): Promise<Row[]> {
  const env = {
    PRECEPTOR_DATA_DIR: folder,
    PRECEPTOR_API_PORT: "4690",
    PRECEPTOR_GATEWAY_PORT: "4790",
  };
  const rows: Row[] = [];
  for (const [which, aim] of [
    ["first time, packages cached", "≤ 180 s"],
    ["second time", "≤ 90 s"],
  ] as const) {
    const { code, seconds } = await runProgram(
      process.execPath,
      [join(root, "scripts/demo.ts"), "--exit"],
      { quiet: true, env },
    );
    const { steps } = JSON.parse(readFileSync(join(folder, "demo-summary.json"), "utf8")) as {
      steps: { step: string; seconds: number }[];
    };
    const longest = [...steps]
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, 3)
      .map(({ step, seconds: s }) => `${step.split(" ").slice(0, 2).join(" ")} ${s} s`);
    rows.push({
      figure: `demo, ${which}`,
      aim,
      measured: code === 0 ? `${seconds.toFixed(0)} s` : `FAILED after ${seconds.toFixed(0)} s`,
      note: longest.join(", "),
    });
  }
  return rows;
}
