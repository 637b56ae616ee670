import type { AddCommand } from "../../command.ts";
import { clusterCreate } from "./create.ts";
import { clusterDelete } from "./delete.ts";
import { clusterDrain } from "./drain.ts";
import { clusterList } from "./list.ts";
import { clusterResize } from "./resize.ts";

export const verbs: readonly AddCommand[] = [
  clusterList,
  clusterCreate,
  clusterResize,
  clusterDrain,
  clusterDelete,
];
