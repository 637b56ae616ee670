import { Name } from "@preceptor/domain";
import { exitCode } from "../exit-code.ts";
import { CliError, type Fault } from "../failure.ts";
import type { FoundFile } from "./scan.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  jsonl: "application/jsonl",
  json: "application/json",
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  txt: "text/plain",
};
export interface SplitFile extends FoundFile {
  readonly split: string;
  readonly mediaType: string;
}

/** A first-level folder is a split: `train/notes.jsonl` belongs to `train`. */
export function inSplits(files: readonly FoundFile[]): SplitFile[] {
  if (files.length === 0)
    throw new CliError(
      exitCode.invalid,
      "The folder has no files. Put them into folders named after their splits, e.g. train/notes.jsonl.",
    );
  const faults: Fault[] = [];
  const placed = files.map((file) => {
    const [split = "", ...rest] = file.path.split("/");
    if (rest.length === 0)
      faults.push({
        field: file.path,
        message: "belongs to no split; put it into a folder such as train/",
      });
    else if (!Name.safeParse(split).success)
      faults.push({
        field: `${split}/`,
        message: "a split is named with lower-case letters, digits and single hyphens",
      });
    const ending = file.path.split(".").at(-1)?.toLowerCase() ?? "";
    return { ...file, split, mediaType: mediaTypes[ending] ?? "application/octet-stream" };
  });
  const distinct = [...new Map(faults.map((fault) => [fault.field, fault])).values()];
  if (distinct.length > 0)
    throw new CliError(
      exitCode.invalid,
      "The folder's splits cannot be told.",
      distinct.slice(0, 20),
    );
  return placed;
}
