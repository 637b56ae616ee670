import type { FileEntry } from "../manifest.ts";

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
  readonly state: "committed" | "refused";
  /** Why it was refused, for people: e.g. a pickle file, a torn file. */
  readonly refusal: string | null;
  readonly createdAt: Date;
}
