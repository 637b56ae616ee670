import type { LinkedFile } from "../provider.ts";
import { filesDigest } from "./names.ts";

export const codeName = "preceptor-code";
/** The same files are the same version; 40 characters are what a version may have. */
export const codeVersion = (files: readonly LinkedFile[]): string =>
  filesDigest(files).slice(0, 40);

/** A `CodeVersion` as api-version 2024-04-01 has it on the wire. */
export interface CodeBody {
  readonly properties: {
    readonly codeUri: string;
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly properties: Readonly<Record<string, string>>;
  };
}
export const codeBody = (codeUri: string, files: readonly LinkedFile[]): CodeBody => ({
  properties: {
    codeUri,
    description: "Made by Preceptor from a job's code.",
    tags: { preceptor: "code" },
    properties: { manifestSha256: filesDigest(files) },
  },
});

/** A `PendingUploadRequestDto`: a place for one version's files, in the form of a guid named after it, so that a repeat may get the same. */
export interface PendingUploadBody {
  readonly pendingUploadId: string;
  readonly pendingUploadType: "TemporaryBlobReference";
}
export const pendingUploadBody = (version: string): PendingUploadBody => ({
  pendingUploadId: version.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5"),
  pendingUploadType: "TemporaryBlobReference",
});
