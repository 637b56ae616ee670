import { z } from "zod";
import { Name } from "../id.ts";
import { PageInput } from "../page.ts";
import type { FileEntry } from "../manifest.ts";
import type { TensorSummary } from "../checkpoint/checkpoint.ts";

export const RegisterModel = z.strictObject({
  checkpointId: z.string().max(60),
  name: Name,
  description: z.string().max(4000).default(""),
});
export type RegisterModel = z.infer<typeof RegisterModel>;
export const ListModels = PageInput.extend({ search: z.string().max(100).optional() });

export interface ModelSummary {
  readonly id: string;
  readonly name: string;
  readonly latestVersion: number;
  readonly versions: number;
  readonly servingPurposes: readonly string[];
  readonly createdAt: Date;
}
export interface ModelVersion {
  readonly id: string;
  readonly modelId: string;
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly digest: string;
  readonly checkpointId: string;
  readonly jobId: string;
  readonly jobName: string;
  readonly base: { name: string; version: number; id: string } | null;
  readonly files: readonly FileEntry[];
  readonly sizeBytes: number;
  readonly tensors: TensorSummary | null;
  readonly createdBy: { id: string; name: string };
  readonly createdAt: Date;
}
