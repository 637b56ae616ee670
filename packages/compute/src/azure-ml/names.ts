import { createHash } from "node:crypto";
import { DomainError, manifestText, type FileEntry } from "@preceptor/domain";
import type { AzureMlTarget } from "./target.ts";

/** The client checks no pattern, and a name ends up in a path: what is not plainly a name is never sent. */
const attemptName = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,254}$/;
export const isAttemptName = (attemptId: string): boolean => attemptName.test(attemptId);

export function jobName(attemptId: string): string {
  if (isAttemptName(attemptId)) return attemptId;
  throw new DomainError("invalid", `${JSON.stringify(attemptId)} cannot be the name of a job`);
}

/** Where an attempt's own files are below the container. `state` is the bootstrap's: it stays after release. */
export const attemptPrefix = (attemptId: string): string =>
  `preceptor/attempts/${jobName(attemptId)}`;
export const inputPrefix = (digest: string): string => `preceptor/inputs/${digest}`;

export const datastoreUri = ({ datastore }: Pick<AzureMlTarget, "datastore">, prefix: string) =>
  `azureml://datastores/${datastore}/paths/${prefix}/`;

export const filesDigest = (files: readonly FileEntry[]): string =>
  sha256Hex(
    manifestText(files.map(({ path, sha256, sizeBytes }) => ({ path, sha256, sizeBytes }))),
  );

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");

export const resumeBinding = "resume_from";
/** `train-set` and `train_set` would be one variable, and one binding of the job. */
export const bindingName = (input: string): string => input.replaceAll("-", "_");
