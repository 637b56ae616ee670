import { costOf, moneyText, pricesOf, type Tier } from "@preceptor/domain";
import { z } from "zod";
import type { Flag } from "../../command.ts";
import type { Session } from "../../connection/session.ts";
import type { Cluster } from "../../connection/wire.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";

const Whole = z.coerce.number("give a whole number").int("give a whole number").min(0);
export const Size = z.object({
  min: Whole.default(0),
  max: Whole,
  idleSeconds: Whole.default(600),
});
export const sizeFlags: readonly Flag[] = [
  { flags: "--min <n>", about: "nodes kept without work (default 0)" },
  { flags: "--max <n>", about: "nodes when jobs wait" },
  { flags: "--idle-seconds <s>", about: "until a node without work is given back (default 600)" },
];
export const sizeOf = ({ min, max, idleSeconds }: z.output<typeof Size>) => ({
  minNodes: min,
  maxNodes: max,
  idleSeconds,
});

export const yesFlag: Flag = { flags: "--yes", about: "do it; without this it is only told" };
export const Yes = z.object({ yes: z.boolean().default(false) });

/** What would happen is told, and nothing is done, until it is confirmed. */
export function assertConfirmed(yes: boolean, consequence: string): void {
  if (!yes)
    throw new CliError(exitCode.invalid, `${consequence} Nothing was done; repeat it with --yes.`);
}

/** `, at most 12.00 USD an hour`; empty where the target has no such price. */
export async function hourlyText(
  { api }: Session,
  target: string,
  of: { instanceType: string; tier: Tier; maxNodes: number },
): Promise<string> {
  const { settings } = await api.computeTarget.get.query({ target });
  const most = costOf(pricesOf(settings), { ...of, nodes: of.maxNodes, durationMs: 3_600_000 });
  return most === null ? "" : `, at most ${moneyText(most)} an hour`;
}

export const nodesText = ({ nodes }: Cluster): string =>
  Object.entries(nodes)
    .flatMap(([state, n]) => (n > 0 ? [`${n} ${state}`] : []))
    .join(", ") || "none";
