import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";

export const promotionWithdraw = defineCommand({
  usage: "withdraw <id>",
  about: "take an open request back; its votes stay on record and decide nothing",
  args: z.tuple([idOf("promotion")]),
  options: noOptions,
  async run({ session, answer, paint }, [id]) {
    const { api } = await session();
    const promotion = await api.promotion.withdraw.mutate({ id });
    answer(promotion, `${promotion.id}  ${paintStatus(paint, promotion.status)}`);
  },
});
