import type { AddCommand } from "../../command.ts";
import { deploymentLineage } from "./lineage.ts";
import { deploymentList } from "./list.ts";
import { deploymentRollBack } from "./roll-back.ts";
import { deploymentShare } from "./share.ts";
import { deploymentShow } from "./show.ts";
import { deploymentStop } from "./stop.ts";
import { deploymentWatch } from "./watch.ts";

export const verbs: readonly AddCommand[] = [
  deploymentList,
  deploymentShow,
  deploymentWatch,
  deploymentShare,
  deploymentRollBack,
  deploymentStop,
  deploymentLineage,
];
