import { stageFolder } from "@preceptor/azure";
import { DomainError, isSafePath } from "@preceptor/domain";
import type { AttemptSpec, LinkedFile } from "../provider.ts";
import { manifestsPrefix, resumeFiles, stageManifests } from "./manifests.ts";
import { filesDigest, inputPrefix } from "./names.ts";
import type { Place } from "./place.ts";

export interface StagedInputs {
  /** Prefix in the container, by the input's name. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly resumeFrom: string | null;
  /** The lists of their files; null where there are none. */
  readonly manifests: string | null;
}

/** Where the inputs will be; the same files are in one place, whichever attempt reads them. */
export function plannedInputs(spec: AttemptSpec): StagedInputs {
  const prefixOf = (files: readonly LinkedFile[]): string =>
    inputPrefix(filesDigest(checked(files)));
  return {
    inputs: Object.fromEntries(
      Object.entries(spec.inputs).map(([name, files]) => [name, prefixOf(files)]),
    ),
    resumeFrom: spec.resumeFrom && prefixOf(resumeFiles(spec.resumeFrom)),
    manifests: manifestsPrefix(spec),
  };
}

export async function stageInputs(place: Place, spec: AttemptSpec): Promise<void> {
  const folders = [
    ...Object.values(spec.inputs),
    ...(spec.resumeFrom ? [resumeFiles(spec.resumeFrom)] : []),
  ];
  for (const files of folders)
    await stageFolder(place.connection, place.container, inputPrefix(filesDigest(files)), files);
  await stageManifests(place, spec);
}

function checked(files: readonly LinkedFile[]): readonly LinkedFile[] {
  for (const { path } of files)
    if (!isSafePath(path))
      throw new DomainError("invalid", `the path ${JSON.stringify(path)} leaves its folder`);
  return files;
}
