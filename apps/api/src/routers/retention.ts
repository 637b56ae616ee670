import type { RetentionOutlook, RetentionRun } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

export const retentionRouter = router({
  show: member.query(({ ctx }): Promise<RetentionOutlook> => service.showRetention(ctx.verb)),
  run: member
    .input(z.strictObject({}))
    .mutation(({ ctx }): Promise<RetentionRun> => service.runRetention(ctx.verb, {})),
});
