import { z } from "zod";
import { Name } from "../id.ts";
import { PageInput } from "../page.ts";
import { InputReferenceText } from "../reference.ts";

/** A suite says what is measured and on what, before anything is run. Versions never change. */
export const DefineEvaluationSuite = z.strictObject({
  name: Name,
  title: z.string().max(120),
  description: z.string().max(4000).default(""),
  recipe: Name,
  /** Task name inside the recipe, e.g. `discharge_quality`. */
  task: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
  test: InputReferenceText,
  metric: z.string().max(60),
  filter: z.string().max(60).default("none"),
  higherIsBetter: z.boolean().default(true),
  /** Score of a guess, shown beside every figure. */
  chance: z.number().optional(),
});
export type DefineEvaluationSuite = z.infer<typeof DefineEvaluationSuite>;
export interface EvaluationSuite extends DefineEvaluationSuite {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
}

/** A mean with its two-sided 95 % interval (bootstrap, clustered by patient). */
export interface Interval {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
  readonly clusters: number;
}
export const evaluationStatuses = ["pending", "running", "complete", "refused", "failed"] as const;
export interface Evaluation {
  readonly id: string;
  readonly suite: {
    id: string;
    name: string;
    version: number;
    title: string;
    metric: string;
    higherIsBetter: boolean;
    chance: number | null;
  };
  readonly modelVersion: { id: string; name: string; version: number; digest: string };
  readonly jobId: string;
  readonly status: (typeof evaluationStatuses)[number];
  readonly refusal: string | null;
  readonly score: Interval | null;
  /** Digest over the per-item scores and the report's configuration: what a dossier freezes. */
  readonly digest: string | null;
  readonly testSet: { datasetVersionId: string; reference: string; digest: string };
  readonly seed: number;
  readonly createdAt: Date;
  readonly completedAt: Date | null;
}
/** Paired difference candidate − other on the same items. */
export interface EvaluationComparison {
  readonly candidate: Evaluation;
  readonly other: Evaluation;
  readonly difference: Interval;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  readonly seed: number;
  readonly resamples: number;
}
export const StartEvaluation = z.strictObject({
  suite: z.string().max(80),
  model: z.string().max(120),
  target: Name,
  idempotencyKey: z.string().min(8).max(200),
});
export type StartEvaluation = z.infer<typeof StartEvaluation>;

/** `model` is name@version; `suite` is a name, of any version, or name@version. */
export const ListEvaluations = PageInput.extend({
  model: z.string().max(120).optional(),
  suite: z.string().max(120).optional(),
});
export type ListEvaluations = z.infer<typeof ListEvaluations>;
export const CompareEvaluations = z.strictObject({
  candidateId: z.string().max(60),
  otherId: z.string().max(60),
});
export type CompareEvaluations = z.infer<typeof CompareEvaluations>;
