import { assertStorable, DomainError } from "@preceptor/domain";
import * as service from "@preceptor/services";
import type { FastifyPluginCallback, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { ApiContext } from "../context.ts";
import { parseExact, writeExact } from "./body.ts";
import { mlflowCaller } from "./caller.ts";
import { handleMlflowError } from "./error.ts";
import * as schema from "./schema.ts";
import { experimentOnWire, metricOnWire, runInfo, runOnWire } from "./wire.ts";

interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly answer: (ctx: service.ComputeContext, given: unknown) => Promise<object>;
}
const route = <S extends z.ZodType>(
  method: Route["method"],
  path: string,
  input: S,
  answer: (ctx: service.ComputeContext, input: z.output<S>) => Promise<object>,
): Route => ({ method, path, answer: async (ctx, given) => answer(ctx, input.parse(given)) });
const runId = (input: Parameters<typeof schema.runIdOf>[0]): string => schema.runIdOf(input) ?? "";
const nothing = { metrics: [], params: [], tags: [] };

/** The calls the MLflow client and Hugging Face Trainer make to log a run. What comes in later is ENDPOINT_NOT_FOUND. */
const routes: readonly Route[] = [
  route("GET", "/experiments/get-by-name", schema.ExperimentByName, async (ctx, input) => {
    const all = await service.findExperiments(ctx);
    return experimentFound(all.find((known) => known.name === input.experiment_name));
  }),
  route("GET", "/experiments/get", schema.ExperimentById, async (ctx, input) => {
    const all = await service.findExperiments(ctx);
    return experimentFound(all.find((known) => known.id === input.experiment_id));
  }),
  route("POST", "/experiments/create", schema.CreateExperiment, async (ctx, input) => {
    const { id } = await service.createExperiment(ctx, input);
    return { experiment_id: id };
  }),
  route("GET", "/runs/get", schema.GetRun, async (ctx, input) => ({
    run: runOnWire(await service.getRun(ctx, { runId: runId(input) })),
  })),
  route("POST", "/runs/update", schema.UpdateRun, async (ctx, input) => {
    const { status, end_time, run_name } = input;
    const run = await service.updateRun(ctx, {
      runId: runId(input),
      ...(status === undefined ? {} : { status }),
      ...(end_time === undefined ? {} : { endedAt: new Date(end_time) }),
      ...(run_name === undefined ? {} : { name: run_name }),
    });
    return { run_info: runInfo(run) };
  }),
  route("POST", "/runs/log-batch", schema.LogBatch, async (ctx, input) => {
    const { metrics, params, tags } = input;
    await service.logBatch(ctx, { runId: runId(input), metrics, params, tags });
    return {};
  }),
  route("POST", "/runs/log-metric", schema.LogMetric, async (ctx, input) => {
    const { key, value, step, timestamp } = input;
    const metrics = [{ key, value, step, timestampMs: timestamp }];
    await service.logBatch(ctx, { ...nothing, runId: runId(input), metrics });
    return {};
  }),
  route("POST", "/runs/log-parameter", schema.LogParam, async (ctx, input) => {
    const params = [{ key: input.key, value: input.value }];
    await service.logBatch(ctx, { ...nothing, runId: runId(input), params });
    return {};
  }),
  route("POST", "/runs/set-tag", schema.SetTag, async (ctx, input) => {
    const tags = [{ key: input.key, value: input.value }];
    await service.logBatch(ctx, { ...nothing, runId: runId(input), tags });
    return {};
  }),
  route("GET", "/metrics/get-history", schema.GetHistory, async (ctx, input) => {
    const { points, nextPageToken } = await service.getMetricHistory(ctx, {
      runId: runId(input),
      key: input.metric_key,
      maxResults: input.max_results,
      pageToken: input.page_token === "" ? undefined : input.page_token,
    });
    const metrics = points.map(metricOnWire);
    return nextPageToken === null ? { metrics } : { metrics, next_page_token: nextPageToken };
  }),
];

function experimentFound(found: service.Experiment | undefined): object {
  if (!found) throw new DomainError("not-found", "Could not find such an experiment.");
  return { experiment: experimentOnWire(found) };
}

export const mlflowRoutes: FastifyPluginCallback<{
  contextFor: (request: FastifyRequest) => ApiContext;
}> = (server, { contextFor }, done) => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, parsed) => {
    try {
      parsed(null, body === "" ? {} : parseExact(String(body)));
    } catch {
      parsed(new SyntaxError("not JSON"), undefined);
    }
  });
  server.setErrorHandler(handleMlflowError((request) => contextFor(request).log));
  for (const { method, path, answer } of routes)
    server.route({
      method,
      url: path,
      handler: async (request, reply) => {
        const context = contextFor(request);
        const ctx = context.services(await mlflowCaller(context));
        const given = method === "GET" ? request.query : (request.body ?? {});
        assertStorable(given);
        const said = await answer(ctx, given);
        return reply.type("application/json; charset=utf-8").send(writeExact(said));
      },
    });
  server.all("/*", async (request, reply) =>
    reply.code(404).send({
      error_code: "ENDPOINT_NOT_FOUND",
      message: `No handler for ${request.method} ${request.url.split("?")[0]}: this server answers the calls that log a run.`,
    }),
  );
  done();
};
