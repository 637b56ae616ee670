import type { Overview } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

export const overviewRouter = router({
  read: member.query(({ ctx }): Promise<Overview> => service.readOverview(ctx.verb)),
});
