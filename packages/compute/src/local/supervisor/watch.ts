import { setTimeout as pause } from "node:timers/promises";
import type { AttemptSpec } from "../../provider.ts";
import type { AttemptLayout } from "../layout.ts";
import { membersOf, type Kinship } from "../members.ts";
import type { Stop } from "./ending.ts";
import { folderSize } from "./folder-size.ts";
import { MemoryKills } from "./memory-kills.ts";
import type { RunningNode } from "./nodes.ts";
import { processOf } from "./nodes.ts";
import type { AttemptRecord } from "./record.ts";
import { UsageMeter } from "./usage.ts";

const lookMs = 1000;

interface Watched {
  readonly layout: AttemptLayout;
  readonly spec: AttemptSpec;
  readonly nodes: readonly RunningNode[];
  readonly kin: Kinship;
  readonly record: AttemptRecord;
  readonly cancelled: Promise<Stop>;
}

/** Looks once a second until there is a reason to stop; an exit or a cancel is noticed at once. */
export async function watch(watched: Watched): Promise<Stop> {
  const { spec, nodes } = watched;
  const began = performance.now();
  const kills = new MemoryKills();
  const meter = new UsageMeter();
  const settled = Promise.race([watched.cancelled, exits(nodes, kills)]);
  for (;;) {
    const remainingMs = Math.max(0, spec.timeoutMs - (performance.now() - began));
    const turn = new AbortController();
    const tick = pause(Math.min(lookMs, remainingMs), null, { signal: turn.signal }).catch(
      () => null,
    );
    const stop = await Promise.race([settled, tick]);
    turn.abort();
    if (stop?.kind === "all-exited") return (await overQuota(watched)) ?? stop;
    if (stop) return stop;
    if (performance.now() - began >= spec.timeoutMs)
      return { kind: "timeout", timeoutMs: spec.timeoutMs };
    const over = await overQuota(watched);
    if (over) return over;
    kills.look();
    look(watched, meter);
  }
}

function look({ kin, nodes, record }: Watched, meter: UsageMeter): void {
  const usage = meter.measure(membersOf(kin, { thorough: false }), performance.now());
  record.update({
    usage: usage ?? record.state.usage,
    processes: nodes.map(processOf),
    dropped: { ...record.state.dropped, ...droppedBy(nodes) },
  });
}

export const droppedBy = (nodes: readonly RunningNode[]): Record<string, number> =>
  Object.fromEntries(
    nodes
      .filter((n) => n.log.droppedBytes > 0)
      .map((n) => [`node-${n.plan.node}`, n.log.droppedBytes]),
  );

/** The first node that fails, or all of them done. */
async function exits(nodes: readonly RunningNode[], kills: MemoryKills): Promise<Stop> {
  const failed = new Promise<Stop>((resolve) => {
    for (const { plan, exited } of nodes)
      void exited.then((exit) => {
        if (exit.code !== 0)
          resolve({
            kind: "node-failed",
            node: plan.node,
            exit,
            killedForMemory: killed(exit, kills),
          });
      });
  });
  const all = Promise.all(nodes.map((node) => node.exited)).then((exits_) =>
    exits_.every((exit) => exit.code === 0) ? ({ kind: "all-exited" } as const) : failed,
  );
  return Promise.race([failed, all]);
}

/** torchrun and shells report a child killed by the kernel as a code of their own, 137 or 1. */
const killed = (
  { signal, code }: { signal: string | null; code: number | null },
  kills: MemoryKills,
): boolean => (signal === "SIGKILL" || code === 137 || code === 1) && kills.justHappened;

async function overQuota({ layout, spec }: Watched): Promise<Stop | null> {
  const usedBytes = (await folderSize(layout.checkpoints)) + (await folderSize(layout.outputs));
  const quotaBytes = spec.diskQuotaBytes;
  return usedBytes > quotaBytes ? { kind: "disk-quota", usedBytes, quotaBytes } : null;
}
