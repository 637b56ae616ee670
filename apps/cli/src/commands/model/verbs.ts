import type { AddCommand } from "../../command.ts";
import { modelDownload } from "./download.ts";
import { modelLineage } from "./lineage.ts";
import { modelList } from "./list.ts";
import { modelRegister } from "./register.ts";
import { modelShow } from "./show.ts";

export const verbs: readonly AddCommand[] = [
  modelList,
  modelShow,
  modelDownload,
  modelLineage,
  modelRegister,
];
