import type { Overview } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { member, router } from "../trpc.ts";

export const overviewRouter = router({
  read: member.query(async ({ ctx }): Promise<Overview> => {
    const [counts, jobs, deployments] = await Promise.all([
      service.readOverview(ctx.verb),
      service.listJobs(ctx.verb, { limit: 8, sort: "createdAt", direction: "desc" }),
      service.listDeployments(ctx.verb, { limit: 20 }),
    ]);
    return { ...counts, recentJobs: jobs.items, deployments: deployments.items };
  }),
});
