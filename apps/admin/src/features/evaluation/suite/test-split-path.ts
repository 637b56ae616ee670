import { parseReference } from "@preceptor/domain";
import { pathOf } from "../../../frame/paths.ts";

/** The page of the dataset a test split belongs to. */
export function testSplitPath(reference: string): string | null {
  const read = parseReference(reference);
  return read?.scheme === "dataset" ? pathOf.dataset(read.name, read.version) : null;
}
