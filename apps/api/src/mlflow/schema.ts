import { z } from "zod";

/* Unknown fields are ignored, as MLflow does; the messages name the field. */

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const Int64 = z
  .union([z.number().int(), z.bigint(), z.string().regex(/^-?\d{1,19}$/)])
  .transform((value) => BigInt(value))
  .refine((value) => value >= MIN_INT64 && value <= MAX_INT64, "not a 64-bit integer");
const TimestampMs = Int64.transform(Number).refine(
  (ms) => Number.isSafeInteger(ms),
  "not a time in milliseconds",
);

/** A slash-separated name that is a normal relative path, at most 250 characters. */
const Key = z
  .string()
  .min(1)
  .max(250, "a name has at most 250 characters")
  .regex(/^[/\w.\- :]*$/, "use letters, digits, and / _ . - : or blanks")
  .refine(
    (key) =>
      !key.startsWith("/") && key.split("/").every((p) => p !== "" && p !== "." && p !== ".."),
    "must be a normal path: no leading slash, no empty part, no '..'",
  );

/** Infinities are kept as the greatest float64, as MLflow keeps them. */
const Value = z
  .union([z.number(), z.bigint(), z.enum(["NaN", "Infinity", "-Infinity"])])
  .transform(Number)
  .transform((value) =>
    Number.isNaN(value) ? value : Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value)),
  );

const metric = {
  key: Key,
  value: Value,
  timestamp: TimestampMs,
  step: Int64.default(0n),
};
export const Metric = z
  .object(metric)
  .transform(({ timestamp, ...rest }) => ({ ...rest, timestampMs: timestamp }));

const text = (limit: number) =>
  z
    .union([z.string(), z.number(), z.boolean()])
    .transform((value) => String(value).slice(0, limit));
const Param = z.object({ key: Key, value: text(6000).default("") });
const Tag = z.object({ key: Key, value: text(8000).default("") });

/** Clients send `run_id` and its old name `run_uuid`. */
const run = {
  run_id: z.string().min(1).max(256).optional(),
  run_uuid: z.string().min(1).max(256).optional(),
};
interface NamesRun {
  run_id?: string | undefined;
  run_uuid?: string | undefined;
}
export const runIdOf = ({ run_id, run_uuid }: NamesRun): string | undefined => run_id ?? run_uuid;
const named = (value: NamesRun): boolean => runIdOf(value) !== undefined;
const missing = { path: ["run_id"], message: "Missing value for required parameter 'run_id'." };

export const GetRun = z.object(run).refine(named, missing);
export const LogBatch = z
  .object({
    ...run,
    metrics: z.array(Metric).default([]),
    params: z.array(Param).default([]),
    tags: z.array(Tag).default([]),
  })
  .refine(named, missing);
export const LogMetric = z.object({ ...run, ...metric }).refine(named, missing);
export const LogParam = z.object({ ...run, ...Param.shape }).refine(named, missing);
export const SetTag = z.object({ ...run, ...Tag.shape }).refine(named, missing);
export const UpdateRun = z
  .object({
    ...run,
    status: z.string().max(20).optional(),
    end_time: TimestampMs.optional(),
    run_name: z.string().max(500).optional(),
  })
  .refine(named, missing);
export const GetHistory = z
  .object({
    ...run,
    metric_key: z.string().min(1).max(250),
    max_results: z.coerce.number().int().optional(),
    page_token: z.string().max(500).optional(),
  })
  .refine(named, missing);
export const ExperimentByName = z.object({ experiment_name: z.string().max(500) });
export const ExperimentById = z.object({ experiment_id: z.string().max(40) });
export const CreateExperiment = z.object({ name: z.string().max(500) });
