import { once, orNull } from "@preceptor/azure";
import { manifestText } from "@preceptor/domain";
import type { AttemptSpec, LinkedFile } from "../provider.ts";
import { bindingName, inputPrefix, resumeBinding, sha256Hex } from "./names.ts";
import type { Place } from "./place.ts";

/** The job's own input that holds, for each of the others, the list of its files with their digests. */
export const manifestsBinding = "preceptor_manifests";

interface List {
  /** The input's name as the job has it. */
  readonly binding: string;
  readonly text: string;
  readonly digest: string;
}
type Inputs = Pick<AttemptSpec, "inputs" | "resumeFrom">;

/** A checkpoint keeps its own folder in the mount: programs read the step from its name. */
export const resumeFiles = ({
  name,
  files,
}: NonNullable<AttemptSpec["resumeFrom"]>): LinkedFile[] =>
  files.map((file) => ({ ...file, path: `${name}/${file.path}` }));

/**
 * What the bootstrap checks the mounted files against. A copy from storage to storage passes nobody who could check it, and whoever may
 * write the container could change it later: only the node that reads a file can say that it read the right bytes.
 */
export function listsOf({ inputs, resumeFrom }: Inputs): List[] {
  const all = Object.entries(inputs).map(([name, files]) => ({
    binding: bindingName(name),
    files,
  }));
  if (resumeFrom) all.push({ binding: resumeBinding, files: resumeFiles(resumeFrom) });
  return all.flatMap(({ binding, files }): List[] => {
    const text = manifestText(files);
    return files.length === 0 ? [] : [{ binding, text, digest: sha256Hex(text) }];
  });
}

/** Where the lists are; the same inputs have the same, whichever attempt reads them. */
export function manifestsPrefix(spec: Inputs): string | null {
  const lists = listsOf(spec);
  const names = lists.map(({ binding, digest }) => `${digest}  ${binding}\n`);
  return lists.length === 0 ? null : inputPrefix(sha256Hex(names.toSorted().join("")));
}

/** Never written twice: somebody may be reading. A byte is read so that a rule which removes what nobody reads lets it be. */
export async function stageManifests({ container }: Place, spec: Inputs): Promise<void> {
  const prefix = manifestsPrefix(spec);
  for (const { binding, text } of prefix === null ? [] : listsOf(spec)) {
    const blob = container.getBlockBlobClient(`${prefix}/${binding}`);
    const isThere = async (): Promise<boolean> =>
      (await orNull(blob.downloadToBuffer(0, 1))) !== null;
    if (await isThere()) continue;
    const conditions = { ifNoneMatch: "*" };
    await once(() => blob.upload(text, Buffer.byteLength(text), { conditions }), isThere);
  }
}
