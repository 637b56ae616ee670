import type { AttemptProcess } from "@preceptor/domain";

/** What the bootstrap, and this adapter, left in an attempt's state folder; each says all it has to say by its name. */
export interface Marks {
  /** A process was begun at all. */
  readonly started: boolean;
  /** The run was begun a second time after a preemption, and refused to go on. */
  readonly restarted: boolean;
  readonly unavailable: boolean;
  /** The watchdog stopped it while it was in this state. */
  readonly overdue: "preparing" | "queued" | null;
  readonly ends: readonly End[];
}
export interface End {
  readonly rank: number;
  readonly node: number;
  readonly how: "code" | "signal" | "memory";
  readonly value: number;
}
const end = /^exit-(\d{1,6})-node-(\d{1,6})-(code|signal|memory)-(\d{1,3})$/;

export function readMarks(names: readonly string[]): Marks {
  const ends = names.flatMap((name): End[] => {
    const [, rank, node, how, value] = end.exec(name) ?? [];
    return how === "code" || how === "signal" || how === "memory"
      ? [{ rank: Number(rank), node: Number(node), how, value: Number(value) }]
      : [];
  });
  const has = (prefix: string): boolean => names.some((name) => name.startsWith(prefix));
  return {
    started: has("started-"),
    restarted: has("restarted-"),
    unavailable: has("unavailable-"),
    overdue: has("overdue-preparing") ? "preparing" : has("overdue-queued") ? "queued" : null,
    ends: ends.sort((a, b) => a.rank - b.rank),
  };
}

/** Every process of a job that has this many, in order of rank; a signal shows as a shell would show it. */
export function processesOf(
  shape: { readonly nodes: number; readonly processesPerNode: number },
  state: AttemptProcess["state"],
  exitCode: (rank: number) => number | null,
): AttemptProcess[] {
  return Array.from({ length: shape.nodes * shape.processesPerNode }, (_, rank) => ({
    rank,
    node: Math.floor(rank / shape.processesPerNode),
    state,
    exitCode: exitCode(rank),
  }));
}
