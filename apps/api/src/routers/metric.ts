import { ReadMetrics, type MetricKey, type MetricSeries } from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { watchMetrics } from "../streams/watch-metrics.ts";
import { member, router } from "../trpc.ts";

const Watch = z.strictObject({
  jobIds: z.array(z.string().max(60)).min(1).max(5),
  lastEventId: z.string().max(400).nullish(),
});

export const metricRouter = router({
  keys: member
    .input(z.strictObject({ jobId: z.string().max(60) }))
    .query(({ ctx, input }): Promise<MetricKey[]> => service.listMetricKeys(ctx.verb, input)),
  read: member
    .input(ReadMetrics)
    .query(({ ctx, input }): Promise<MetricSeries[]> => service.readMetrics(ctx.verb, input)),
  watch: member
    .input(Watch)
    .subscription(({ ctx, input, signal }) => watchMetrics(ctx.verb, ctx.changes, input, signal)),
});
