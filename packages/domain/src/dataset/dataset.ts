import { z } from "zod";
import { Name, Sha256 } from "../id.ts";
import { SafePath } from "../manifest.ts";
import { PageInput } from "../page.ts";

export const deIdentificationMethods = [
  "safe-harbor",
  "expert-determination",
  "limited-data-set",
  "synthetic",
  "none",
] as const;

/** What a dataset version may be used for. Thin today: the method, its statement and its expiry. */
export const Permit = z.strictObject({
  deIdentification: z.enum(deIdentificationMethods),
  statement: z.string().min(3).max(4000),
  licence: z.string().max(200).optional(),
  purposes: z.array(z.string().max(60)).max(20).default([]),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export type Permit = z.infer<typeof Permit>;

export const DatasetFile = z.strictObject({
  path: SafePath,
  split: Name,
  sha256: Sha256,
  sizeBytes: z.number().int().nonnegative().max(5e12),
  mediaType: z.string().max(100).default("application/octet-stream"),
});

/** Opens an upload: says every file's digest and size first; each file is then streamed and checked, and `finish` makes the version. */
export const BeginDatasetUpload = z.strictObject({
  name: Name,
  title: z.string().max(120).optional(),
  description: z.string().max(4000).default(""),
  permit: Permit,
  /** Name of the JSON field that identifies a patient in .jsonl files; its keyed hashes guard against leakage. */
  subjectField: z.string().max(60).optional(),
  files: z.array(DatasetFile).min(1).max(10_000),
});
export type BeginDatasetUpload = z.infer<typeof BeginDatasetUpload>;

export const ListDatasets = PageInput.extend({ search: z.string().max(100).optional() });

export interface DatasetSplit {
  readonly name: string;
  readonly files: number;
  readonly sizeBytes: number;
  readonly rows: number | null;
  readonly subjects: number | null;
}
export interface DatasetSummary {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly latestVersion: number | null;
  readonly versions: number;
  readonly sizeBytes: number;
  readonly rows: number | null;
  readonly deIdentification: (typeof deIdentificationMethods)[number] | null;
  readonly createdAt: Date;
}
export interface DatasetVersion {
  readonly id: string;
  readonly datasetId: string;
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly digest: string;
  readonly permit: Permit;
  readonly subjectField: string | null;
  readonly splits: readonly DatasetSplit[];
  readonly files: readonly (z.infer<typeof DatasetFile> & { rows: number | null })[];
  readonly sizeBytes: number;
  readonly createdBy: { id: string; name: string };
  readonly createdAt: Date;
}
