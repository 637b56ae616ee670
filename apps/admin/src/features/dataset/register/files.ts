/** The browser hands a file's bytes to the hash in one piece; past this they do not fit comfortably. */
export const largestInBrowser = 500_000_000;

const mediaTypes: Readonly<Record<string, string>> = {
  jsonl: "application/jsonl",
  json: "application/json",
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  txt: "text/plain",
};

export interface Split {
  readonly name: string;
  readonly files: readonly File[];
}
export interface ChosenFile {
  /** Where the file stands in the dataset: `train/notes.jsonl`. */
  readonly path: string;
  readonly split: string;
  readonly file: File;
  readonly mediaType: string;
}

export const chosenFiles = (splits: readonly Split[]): readonly ChosenFile[] =>
  splits.flatMap((split) =>
    split.files.map((file) => ({
      path: `${split.name}/${file.name}`,
      split: split.name,
      file,
      mediaType:
        mediaTypes[file.name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream",
    })),
  );

/** What is wrong with the choice of files, by path; nothing is read for this. */
export function faultsOf(
  files: readonly { path: string; file: { size: number } }[],
  subjectField: string,
): readonly { path: string; message: string }[] {
  const seen = new Set<string>();
  return files.flatMap(({ path, file }) => {
    const twice = seen.has(path);
    seen.add(path);
    if (twice) return [{ path, message: "is chosen twice in this split" }];
    if (file.size === 0) return [{ path, message: "is empty" }];
    if (file.size > largestInBrowser)
      return [{ path, message: "is larger than 500 MB: register it with `preceptor dataset add`" }];
    if (subjectField !== "" && !path.endsWith(".jsonl"))
      return [{ path, message: "is not .jsonl, so patients cannot be found in it" }];
    return [];
  });
}
