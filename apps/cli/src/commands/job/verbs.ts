import type { AddCommand } from "../../command.ts";
import { jobAbandon } from "./abandon.ts";
import { jobCancel } from "./cancel.ts";
import { jobCheckpoints } from "./checkpoints.ts";
import { jobCompare } from "./compare.ts";
import { jobList } from "./list.ts";
import { jobLogs } from "./logs.ts";
import { jobShow } from "./show.ts";
import { jobSubmit } from "./submit.ts";
import { jobValidate } from "./validate.ts";
import { jobWatch } from "./watch.ts";

export const verbs: readonly AddCommand[] = [
  jobSubmit,
  jobValidate,
  jobWatch,
  jobLogs,
  jobCancel,
  jobAbandon,
  jobList,
  jobShow,
  jobCheckpoints,
  jobCompare,
];
