import type { SearchHit } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

const Find = z.strictObject({ text: z.string().max(100) });

export const searchRouter = router({
  find: member
    .input(Find)
    .query(({ ctx, input }): Promise<readonly SearchHit[]> =>
      service.findAnything(ctx.verb, input),
    ),
});
