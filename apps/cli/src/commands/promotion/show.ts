import { idOf } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import { promotionText } from "./text.ts";

export const promotionShow = defineCommand({
  usage: "show <id>",
  about: "show a promotion: its gates, evidence and votes",
  args: z.tuple([idOf("promotion")]),
  options: noOptions,
  async run({ session, answer, paint }, [id]) {
    const { api } = await session();
    const promotion = await api.promotion.get.query({ id });
    answer(promotion, promotionText(promotion, paint));
  },
});
