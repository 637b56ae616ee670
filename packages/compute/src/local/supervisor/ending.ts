import type { Ending } from "../state.ts";
import type { NodeExit } from "./nodes.ts";

/** What ended the watch over an attempt's nodes. */
export type Stop =
  | { readonly kind: "all-exited" }
  | {
      readonly kind: "node-failed";
      readonly node: number;
      readonly exit: NodeExit;
      readonly killedForMemory: boolean;
    }
  | { readonly kind: "timeout"; readonly timeoutMs: number }
  | { readonly kind: "disk-quota"; readonly usedBytes: number; readonly quotaBytes: number }
  | { readonly kind: "cancelled" };

/** The attempt's last word. It names no line a program printed: those may hold what only the log's readers may see. */
export function endingOf(stop: Stop): Ending {
  switch (stop.kind) {
    case "all-exited":
      return { kind: "succeeded" };
    case "cancelled":
      return { kind: "cancelled" };
    case "timeout":
      return {
        kind: "failed",
        cause: "timeout",
        message: `ended after its time limit of ${stop.timeoutMs / 1000} s`,
      };
    case "disk-quota":
      return {
        kind: "failed",
        cause: "disk-quota",
        message: `checkpoints and outputs hold ${size(stop.usedBytes)}, more than the ${size(stop.quotaBytes)} the target allows an attempt: keep fewer checkpoints, or ask your operator for a larger quota. Checkpoints committed before are kept`,
      };
    case "node-failed":
      return { kind: "failed", ...failureOf(stop) };
  }
}

const size = (bytes: number): string =>
  bytes < 1e6 ? `${bytes} bytes` : `${Number((bytes / 1e9).toPrecision(3))} GB`;

function failureOf({ node, exit, killedForMemory }: Stop & { kind: "node-failed" }) {
  if (killedForMemory)
    return {
      cause: "out-of-memory",
      message: `node ${node} was ended because the machine ran out of memory`,
    } as const;
  return exit.signal === null
    ? ({
        cause: "exit-code",
        message: `node ${node} exited with code ${exit.code ?? 0}: see the log node-${node}`,
      } as const)
    : ({
        cause: "killed-by-signal",
        message: `node ${node} was killed by ${exit.signal}: see the log node-${node}`,
      } as const);
}
