import { digestOf } from "@preceptor/attest";
import { datasetFile, evaluation, evaluationItem } from "@preceptor/db";
import { intervalOf, readLmEval, type Evaluation } from "@preceptor/domain";
import { and, eq } from "drizzle-orm";
import { authoriseSystem } from "../access/authorise.ts";
import { record } from "../audit/record.ts";
import type { ServiceContext, Transaction } from "../context.ts";
import { tellChanged } from "../notify.ts";
import { reading, transaction } from "../transaction.ts";
import { evaluationOfJob, lockEvaluationOf, type EvaluationOfJob } from "./of-job.ts";
import { readItems, type ReadItems } from "./read-items.ts";
import { evaluationById } from "./view.ts";

export interface ImportEvaluation {
  readonly jobId: string;
  /** Parsed results.json. */
  readonly results: unknown;
  /** Lines of items.jsonl. */
  readonly items: AsyncIterable<string> | Iterable<string>;
}

/**
 * Takes a finished job's report in: complete with its interval, or refused with the reason. Importing again changes nothing.
 * Only hashes and numbers are kept; a row with anything else refuses the whole report.
 */
export async function importEvaluation(
  ctx: ServiceContext,
  input: ImportEvaluation,
): Promise<Evaluation> {
  authoriseSystem(ctx.caller);
  const { of, rows } = await reading(ctx, async (tx) => {
    const of = await evaluationOfJob(tx, input.jobId);
    return { of, rows: await rowsOfSplit(tx, of) };
  });
  const items = await readItems(input.items, of.suite);
  const report = readLmEval(input.results, of.suite);
  const outcome = settleReport(of, rows, report, items);

  return transaction(ctx, async (tx) => {
    const row = await lockEvaluationOf(tx, ctx, of);
    if (row.status !== "pending") return evaluationById(tx, row.id);
    const completedAt = ctx.now();
    if (outcome.ok) {
      const { mean, lower, upper, n, clusters } = intervalOf(outcome.scores, row.seed);
      await insertItems(tx, ctx.caller.organizationId, row.id, outcome.scores);
      const digest = digestOfEvaluation(of, outcome, row.seed);
      await tx
        .update(evaluation)
        .set({
          status: "complete",
          mean,
          lower,
          upper,
          n,
          clusters,
          digest,
          report: outcome.configuration,
          completedAt,
        })
        .where(eq(evaluation.id, row.id));
    } else {
      await tx
        .update(evaluation)
        .set({ status: "refused", refusal: outcome.reason, completedAt })
        .where(eq(evaluation.id, row.id));
    }
    const settled = await evaluationById(tx, row.id);
    await record(tx, ctx, {
      action: "evaluation.import",
      noun: "evaluation",
      nounId: row.id,
      after: settled,
      ...(settled.digest === null ? {} : { evidence: settled.digest }),
    });
    await tellChanged(tx, ctx.caller.organizationId, "evaluation", row.id);
    return settled;
  });
}

type Report = ReturnType<typeof readLmEval>;
type Settled =
  | ({ readonly ok: true; readonly scores: Extract<ReadItems, { ok: true }>["scores"] } & Pick<
      Extract<Report, { ok: true }>,
      "configuration"
    >)
  | { readonly ok: false; readonly reason: string };

function settleReport(
  of: EvaluationOfJob,
  rows: number | null,
  report: Report,
  items: ReadItems,
): Settled {
  const refuse = (reason: string): Settled => ({ ok: false, reason });
  if (of.mismatch) return refuse(of.mismatch);
  if (!report.ok) return report;
  if (!items.ok) return items;
  const { scores } = items;
  if (scores.length !== report.n)
    return refuse(`The report counts ${report.n} items; ${scores.length} scores were given.`);
  if (rows !== null && rows !== report.n)
    return refuse(`The test split has ${rows} rows; ${report.n} were scored.`);
  const mean = scores.reduce((sum, score) => sum + score.value, 0) / scores.length;
  if (Math.abs(mean - report.value) > 1e-6)
    return refuse(`The report says ${report.value}; its items average ${mean}.`);
  return { ok: true, scores, configuration: report.configuration };
}

const digestOfEvaluation = (
  of: EvaluationOfJob,
  { configuration, scores }: Extract<Settled, { ok: true }>,
  seed: number,
): string =>
  digestOf({
    suite: { id: of.suite.id, name: of.suite.name, version: of.suite.version },
    model: of.modelDigest,
    test: { digest: of.testDigest, split: of.testSplit },
    configuration,
    seed,
    items: scores
      .map(({ item, cluster, value }) => [item, cluster, value])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  });

/** Rows of the test split where every file's were counted at upload; otherwise null. */
async function rowsOfSplit(tx: Transaction, of: EvaluationOfJob): Promise<number | null> {
  const files = await tx
    .select({ rows: datasetFile.rows })
    .from(datasetFile)
    .where(
      and(
        eq(datasetFile.datasetVersionId, of.testDatasetVersionId),
        eq(datasetFile.split, of.testSplit),
      ),
    );
  if (files.length === 0 || files.some((file) => file.rows === null)) return null;
  return files.reduce((sum, file) => sum + (file.rows ?? 0), 0);
}

async function insertItems(
  tx: Transaction,
  organizationId: string,
  evaluationId: string,
  scores: Extract<ReadItems, { ok: true }>["scores"],
): Promise<void> {
  for (let from = 0; from < scores.length; from += 5000) {
    await tx.insert(evaluationItem).values(
      scores.slice(from, from + 5000).map(({ item, cluster, value }) => ({
        organizationId,
        evaluationId,
        itemHash: item,
        clusterHash: cluster,
        value,
      })),
    );
  }
}
