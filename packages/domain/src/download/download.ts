import { z } from "zod";
import type { Action } from "../access/permission.ts";
import type { CheckpointState } from "../checkpoint/checkpoint.ts";
import type { Permit } from "../dataset/dataset.ts";
import { SafePath } from "../manifest.ts";

/** What has files that a person may take away. A job's outputs are its final checkpoint. */
export const downloadSources = ["dataset-version", "model-version", "checkpoint"] as const;
export type DownloadSource = (typeof downloadSources)[number];

export const LinkDownload = z.strictObject({
  from: z.enum(downloadSources),
  id: z.string().max(60),
  path: SafePath,
});
export type LinkDownload = z.infer<typeof LinkDownload>;

export const downloadActions: Record<DownloadSource, Action> = {
  "dataset-version": "dataset:download",
  "model-version": "model:download",
  checkpoint: "checkpoint:download",
};

/** Long enough to begin; what has begun is read to its end. */
export const downloadLinkMs = 5 * 60_000;

/** One file's bytes for one person; the digest is what the saved file must have. */
export interface FileDownload {
  readonly url: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly expiresAt: Date;
}

/** Why nobody gets these bytes now, whatever their roles; null where nothing stands against it. */
export function heldBack(
  source: { readonly permit?: Permit; readonly state?: CheckpointState },
  now: Date,
): string | null {
  const { permit, state } = source;
  if (state === "removed") return "Retention removed the files of this checkpoint.";
  if (state === "refused") return "This checkpoint was refused; its files were not kept.";
  if (permit?.expiresAt !== undefined && Date.parse(permit.expiresAt) <= now.getTime())
    return `The permit of this dataset expired on ${permit.expiresAt}; its files stay here.`;
  return null;
}

/** A name that is one on every system and says whose file it was: letters, digits, dots and hyphens, beginning with the owner's. */
export function downloadName(owner: string, path: string): string {
  const plain = (text: string): string =>
    text
      .normalize("NFKD")
      .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
      .replaceAll(/\.{2,}/g, ".")
      .replaceAll(/^[-.]+|[-.]+$/g, "");
  const name = [plain(owner), plain(path)].filter((part) => part !== "").join("-") || "file";
  // The end tells what kind of file it is.
  return name.length <= 150 ? name : `${name.slice(0, 75)}${name.slice(-75)}`;
}
