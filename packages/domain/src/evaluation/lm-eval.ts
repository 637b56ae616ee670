import { z } from "zod";

/* The harness's results.json (lm-evaluation-harness 0.4): a metric's key is `metric,filter`. */
const Report = z.looseObject({
  results: z.record(z.string(), z.record(z.string(), z.unknown())),
  "n-samples": z.record(z.string(), z.looseObject({ original: z.number(), effective: z.number() })),
  config: z.looseObject({ limit: z.unknown().optional() }),
  versions: z.record(z.string(), z.unknown()).optional(),
  "n-shot": z.record(z.string(), z.unknown()).optional(),
  task_hashes: z.record(z.string(), z.unknown()).optional(),
  lm_eval_version: z.unknown().optional(),
  transformers_version: z.unknown().optional(),
});

/** What is kept of a report: how it was run. Numbers and short names only, never text of a row. */
export interface EvaluationConfiguration {
  readonly task: string;
  readonly metric: string;
  readonly filter: string;
  readonly taskVersion: string | null;
  readonly taskHash: string | null;
  readonly fewShot: number | null;
  readonly harness: string | null;
  readonly transformers: string | null;
}
export type ReadReport =
  | {
      readonly ok: true;
      readonly value: number;
      readonly n: number;
      readonly configuration: EvaluationConfiguration;
    }
  | { readonly ok: false; readonly reason: string };

/** Reads one metric of one task; a partial run is refused, since what was left out may be what fails. */
export function readLmEval(
  report: unknown,
  wanted: { readonly task: string; readonly metric: string; readonly filter: string },
): ReadReport {
  const parsed = Report.safeParse(report);
  if (!parsed.success)
    return refuse("The report is not results.json of the LM evaluation harness.");
  const { task, metric, filter } = wanted;
  const { data } = parsed;
  const { limit } = data.config;
  if (limit !== null && limit !== undefined)
    return refuse(
      `The run was limited (limit ${String(limit).slice(0, 20)}): a partial run proves nothing.`,
    );
  const results = data.results[task];
  if (!results) return refuse(`The report has no task ${task}.`);
  const samples = data["n-samples"][task];
  if (!samples) return refuse(`The report does not say how many items of ${task} were scored.`);
  if (samples.effective < samples.original)
    return refuse(
      `Only ${samples.effective} of ${samples.original} items were scored: a partial run proves nothing.`,
    );
  const value = results[`${metric},${filter}`];
  if (typeof value !== "number" || !Number.isFinite(value))
    return refuse(`The report has no figure for ${metric},${filter} of ${task}.`);
  return {
    ok: true,
    value,
    n: samples.effective,
    configuration: {
      task,
      metric,
      filter,
      taskVersion: short(data.versions?.[task]),
      taskHash: short(data.task_hashes?.[task]),
      fewShot: Number.isInteger(data["n-shot"]?.[task]) ? Number(data["n-shot"]?.[task]) : null,
      harness: short(data.lm_eval_version),
      transformers: short(data.transformers_version),
    },
  };
}

const refuse = (reason: string): ReadReport => ({ ok: false, reason });
/** A version or a hash; anything longer or with a blank in it is not one and is left out. */
const short = (value: unknown): string | null =>
  (typeof value === "string" || typeof value === "number") && /^[\w.+-]{1,80}$/.test(String(value))
    ? String(value)
    : null;
