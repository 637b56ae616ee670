import { ReadLineage, type LineageGraph } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

export const lineageRouter = router({
  read: member
    .input(ReadLineage)
    .query(({ ctx, input }): Promise<LineageGraph> => service.readLineage(ctx.verb, input)),
});
