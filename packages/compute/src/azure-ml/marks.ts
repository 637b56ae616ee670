import type { AttemptProcess } from "@preceptor/domain";

/** What the bootstrap, and this adapter, left in an attempt's state folder; each says all it has to say by its name. */
export interface Marks {
  /** A process was begun at all. */
  readonly started: boolean;
  /** The run was begun a second time after a preemption, and refused to go on. */
  readonly restarted: boolean;
  /** The first rank whose node does not have the inputs as they were recorded. */
  readonly unavailable: number | null;
  /** A process got no secrets for its ticket. */
  readonly ticket: {
    readonly rank: number;
    readonly why: "used" | "refused" | "unreachable";
  } | null;
  /** Checkpoints and outputs outgrew their quota, and it was ended for that. */
  readonly overQuota: { readonly usedBytes: number; readonly quotaBytes: number } | null;
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
    unavailable: names.map(unavailable).find((rank) => rank !== null) ?? null,
    ticket: names.map(ticket).find((found) => found !== null) ?? null,
    overQuota: names.map(overQuota).find((found) => found !== null) ?? null,
    overdue: has("overdue-preparing") ? "preparing" : has("overdue-queued") ? "queued" : null,
    ends: ends.sort((a, b) => a.rank - b.rank),
  };
}

function unavailable(name: string): number | null {
  const [, rank] = /^unavailable-(\d{1,6})$/.exec(name) ?? [];
  return rank === undefined ? null : Number(rank);
}

function ticket(name: string): Marks["ticket"] {
  const [, rank, why] = /^ticket-(\d{1,6})-(used|refused|unreachable)$/.exec(name) ?? [];
  return why === "used" || why === "refused" || why === "unreachable"
    ? { rank: Number(rank), why }
    : null;
}

function overQuota(name: string): Marks["overQuota"] {
  const [, used, quota] = /^quota-\d{1,6}-used-(\d{1,16})-of-(\d{1,16})$/.exec(name) ?? [];
  return used === undefined ? null : { usedBytes: Number(used), quotaBytes: Number(quota) };
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
