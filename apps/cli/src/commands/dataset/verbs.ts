import type { AddCommand } from "../../command.ts";
import { datasetAdd } from "./add.ts";
import { datasetDownload } from "./download.ts";
import { datasetLineage } from "./lineage.ts";
import { datasetList } from "./list.ts";
import { datasetShow } from "./show.ts";

export const verbs: readonly AddCommand[] = [
  datasetAdd,
  datasetList,
  datasetShow,
  datasetDownload,
  datasetLineage,
];
