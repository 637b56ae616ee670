import type { AttemptSpec } from "../provider.ts";

/** What a supervisor reads from its standard input; holds secrets and links, so it never touches the disk. */
export interface SupervisedJob {
  readonly workDir: string;
  readonly attemptId: string;
  readonly spec: AttemptSpec;
  readonly python: string;
  readonly pipArgs: readonly string[];
  readonly graceMs: number;
}
/** Said by a supervisor once the attempt is claimed, by it or by another. */
export const claimedWord = "claimed";
