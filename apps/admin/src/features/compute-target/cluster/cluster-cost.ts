import {
  costOf,
  moneyText,
  pricesOf,
  type ComputeTargetSettings,
  type Tier,
} from "@preceptor/domain";

const hourMs = 3_600_000;
interface Size {
  readonly instanceType: string;
  readonly tier: Tier;
  readonly minNodes: number;
  readonly maxNodes: number;
}

/** What a cluster of this size costs an hour, in a sentence; says so where no price is known. */
export function costSentence(settings: ComputeTargetSettings, size: Size): string {
  const anHour = (nodes: number) =>
    costOf(pricesOf(settings), { ...size, nodes, durationMs: hourMs });
  const most = anHour(size.maxNodes);
  const least = anHour(size.minNodes);
  if (most === null || least === null)
    return `The ${size.tier} price of ${size.instanceType || "this machine"} is not set on this target, so the cost cannot be said here.`;
  const all = size.maxNodes === 1 ? "its one node" : `all ${size.maxNodes} nodes`;
  return size.minNodes === 0
    ? `It costs nothing while nothing runs, and at most ${moneyText(most)} an hour with ${all}.`
    : `It costs ${moneyText(least)} an hour even while nothing runs, and at most ${moneyText(most)} with ${all}.`;
}

/** What happens to the nodes that work while their cluster is emptied. */
export function runningSentence(running: number): string {
  if (running === 0) return "Nothing runs on it now.";
  return running === 1
    ? "The one node that works goes on until it is done."
    : `The ${running} nodes that work go on until they are done.`;
}
