import type { AddCommand } from "../../command.ts";
import { suiteDefine } from "./define.ts";
import { suiteList } from "./list.ts";

export const verbs: readonly AddCommand[] = [suiteList, suiteDefine];
