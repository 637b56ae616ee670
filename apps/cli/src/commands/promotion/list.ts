import { promotionStatuses } from "@preceptor/domain";
import { z } from "zod";
import { cursorFlag, defineCommand, limitFlag, noArguments, Paging } from "../../command.ts";
import { paintStatus } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

export const promotionList = defineCommand({
  usage: "list",
  about: "list promotions, newest first",
  args: noArguments,
  flags: [
    { flags: "--status <status>", about: `one of ${promotionStatuses.join(", ")}` },
    limitFlag,
    cursorFlag,
  ],
  options: Paging.extend({ status: z.enum(promotionStatuses).optional() }),
  async run({ session, answer, paint }, _args, options) {
    const { api } = await session();
    const page = await api.promotion.list.query(options);
    const rows = page.items.map((promotion) => [
      promotion.id,
      `${promotion.model.name}@${promotion.model.version}`,
      promotion.purpose,
      promotion.stage,
      paintStatus(paint, promotion.status),
      `${promotion.votes.length} of ${promotion.approvalsNeeded}`,
      time(promotion.requestedAt),
      printable(promotion.requestedBy.name),
    ]);
    const headings = ["id", "model", "purpose", "stage", "status", "#votes", "requested", "by"];
    answer(
      page,
      rows.length === 0
        ? "No promotion. Ask for one with: preceptor promotion request FILE.yaml"
        : table(paint, headings, rows),
    );
  },
});
