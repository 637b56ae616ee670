import { idOf, RevokePromotion } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";

export const promotionRevoke = defineCommand({
  usage: "revoke <id>",
  about: "end an approval at once: whatever serves by it stops answering (the board)",
  args: z.tuple([idOf("promotion")]),
  flags: [{ flags: "--reason <text>", about: "why; it is kept in the audit log" }],
  options: RevokePromotion.pick({ reason: true }),
  async run({ session, answer, paint }, [id], { reason }) {
    const { api } = await session();
    const promotion = await api.promotion.revoke.mutate({ id, reason });
    answer(
      promotion,
      `${promotion.id}  ${paintStatus(paint, promotion.status)}\nNothing serves by it any more.`,
    );
  },
});
