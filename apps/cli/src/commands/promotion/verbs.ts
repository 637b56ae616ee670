import type { AddCommand } from "../../command.ts";
import { promotionList } from "./list.ts";
import { promotionRequest } from "./request.ts";
import { promotionRevoke } from "./revoke.ts";
import { promotionShow } from "./show.ts";
import { promotionVote } from "./vote.ts";
import { promotionWithdraw } from "./withdraw.ts";

export const verbs: readonly AddCommand[] = [
  promotionRequest,
  promotionList,
  promotionShow,
  promotionVote,
  promotionWithdraw,
  promotionRevoke,
];
