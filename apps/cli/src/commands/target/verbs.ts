import type { AddCommand } from "../../command.ts";
import { targetCheck } from "./check.ts";
import { targetDefine } from "./define.ts";
import { targetList } from "./list.ts";
import { targetRemove } from "./remove.ts";
import { targetShow } from "./show.ts";

export const verbs: readonly AddCommand[] = [
  targetList,
  targetShow,
  targetCheck,
  targetDefine,
  targetRemove,
];
