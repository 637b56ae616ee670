import type { FileEntry } from "../manifest.ts";

/** `removed`: retention took its files; what it was stays known. */
export const checkpointStates = ["committed", "refused", "removed"] as const;
export type CheckpointState = (typeof checkpointStates)[number];

export interface TensorSummary {
  /** Parameter count over all safetensors files. */
  readonly parameters: number;
  readonly dtypes: Readonly<Record<string, number>>;
  readonly tensors: number;
}
export interface Checkpoint {
  readonly id: string;
  readonly jobId: string;
  readonly jobName: string;
  readonly attemptId: string;
  /** Folder name the script gave, e.g. `checkpoint-40`, or `model` for the final one. */
  readonly name: string;
  readonly kind: "step" | "final";
  readonly step: number | null;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly files: readonly FileEntry[];
  readonly tensors: TensorSummary | null;
  /** Latest value of each metric at that step. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly state: CheckpointState;
  /** Why it was refused, for people: e.g. a pickle file, a torn file. */
  readonly refusal: string | null;
  /** Why retention removed it: the job's own words, e.g. `keep last 2`. */
  readonly removal: string | null;
  readonly removedAt: Date | null;
  readonly createdAt: Date;
}
