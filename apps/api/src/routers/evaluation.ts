import {
  DefineEvaluationSuite,
  PageInput,
  StartEvaluation,
  type Evaluation,
  type EvaluationComparison,
  type EvaluationSuite,
  type Job,
  type Page,
} from "@preceptor/domain";
import * as service from "@preceptor/services";
import { z } from "zod";
import { member, router } from "../trpc.ts";

const List = PageInput.extend({
  /** `name@version` */
  model: z.string().max(120).optional(),
  suite: z.string().max(80).optional(),
});
const Compare = z.strictObject({
  candidateId: z.string().max(60),
  otherId: z.string().max(60),
});

export const evaluationRouter = router({
  suites: member.query(({ ctx }): Promise<readonly EvaluationSuite[]> =>
    service.listSuites(ctx.verb),
  ),
  defineSuite: member
    .input(DefineEvaluationSuite)
    .mutation(({ ctx, input }): Promise<EvaluationSuite> => service.defineSuite(ctx.verb, input)),
  start: member
    .input(StartEvaluation)
    .mutation(({ ctx, input }): Promise<{ job: Job; evaluation: Evaluation }> =>
      service.startEvaluation(ctx.verb, input),
    ),
  list: member
    .input(List)
    .query(({ ctx, input }): Promise<Page<Evaluation>> => service.listEvaluations(ctx.verb, input)),
  get: member
    .input(z.strictObject({ id: z.string().max(60) }))
    .query(({ ctx, input }): Promise<Evaluation> => service.getEvaluation(ctx.verb, input)),
  compare: member
    .input(Compare)
    .query(({ ctx, input }): Promise<EvaluationComparison> =>
      service.compareEvaluations(ctx.verb, input),
    ),
});
