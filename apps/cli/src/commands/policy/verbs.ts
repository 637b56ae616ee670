import type { AddCommand } from "../../command.ts";
import { policyDefine } from "./define.ts";
import { policyList } from "./list.ts";

export const verbs: readonly AddCommand[] = [policyList, policyDefine];
