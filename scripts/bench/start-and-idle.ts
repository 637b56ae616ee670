import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { startStack } from "../stack.ts";
import { spread, type Row } from "./table.ts";

const runs = 5;
const settleMs = 20_000;

/** From warm (packages installed, database made, UI built) until API, worker and gateway answer; then what idle processes hold. */
export async function startAndIdle(folder: string): Promise<Row[]> {
  const options = { dataDir: folder, ports: { api: 4690, gateway: 4790 } };
  await (await startStack(options)).stop();
  const seconds: number[] = [];
  let memory: Record<string, number> = {};
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    const stack = await startStack(options);
    seconds.push((performance.now() - began) / 1000);
    if (run === runs - 1) {
      await wait(settleMs);
      memory = Object.fromEntries(stack.processes.map(({ name, pid }) => [name, residentMb(pid)]));
    }
    await stack.stop();
  }
  const { api = Number.NaN, worker = Number.NaN, gateway = Number.NaN } = memory;
  return [
    {
      figure: "start from warm to answering",
      aim: "≤ 4 s",
      measured: spread(seconds, "s"),
      note: `${runs} starts, median (least–most)`,
    },
    {
      figure: "API + worker idle",
      aim: "≤ 300 MB",
      measured: `${(api + worker).toFixed(0)} MB`,
      note: `resident after ${settleMs / 1000} s: API ${api.toFixed(0)}, worker ${worker.toFixed(0)}, gateway besides ${gateway.toFixed(0)}`,
    },
  ];
}

function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1000;
}
