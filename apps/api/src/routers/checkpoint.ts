import type { Checkpoint } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

export const checkpointRouter = router({
  list: member
    .input(z.strictObject({ jobId: z.string().max(60) }))
    .query(({ ctx, input }): Promise<readonly Checkpoint[]> =>
      service.listCheckpoints(ctx.verb, input),
    ),
});
