import type { AddCommand } from "../../command.ts";
import { retentionRun } from "./run.ts";
import { retentionShow } from "./show.ts";

export const verbs: readonly AddCommand[] = [retentionShow, retentionRun];
