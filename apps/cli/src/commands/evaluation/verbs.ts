import type { AddCommand } from "../../command.ts";
import { evaluationCompare } from "./compare.ts";
import { evaluationList } from "./list.ts";
import { evaluationShow } from "./show.ts";
import { evaluationStart } from "./start.ts";

export const verbs: readonly AddCommand[] = [
  evaluationStart,
  evaluationList,
  evaluationShow,
  evaluationCompare,
];
