import type { Session } from "../connection/session.ts";
import type { Job, MetricKey } from "../connection/wire.ts";
import { exitCode } from "../exit-code.ts";
import { failureOf } from "../failure.ts";
import { chooseCurves } from "./curves.ts";

export interface Sight {
  readonly job: Job;
  readonly metrics: readonly MetricKey[];
  readonly curves: readonly { key: string; values: readonly (number | null)[] }[];
  readonly log: { readonly name: string; readonly lines: readonly string[] } | null;
}
const POINTS = 60;
const KEPT_LINES = 50;
const CHUNK_BYTES = 200_000;

/** Looks at a job again and again; remembers how far it has read its newest attempt's first log. */
export function observer(session: Session, id: string) {
  let log: { attemptId: string; name: string; offset: number; lines: string[] } | null = null;

  async function readOn(job: Job): Promise<Sight["log"]> {
    const newest = job.attemptList.at(-1);
    if (newest === undefined) return null;
    if (log?.attemptId !== newest.id) {
      const logs = await session.api.job.logs.query({ jobId: id, attemptId: newest.id });
      const first = logs[0];
      if (first === undefined) return null;
      log = { attemptId: newest.id, name: first.log, offset: 0, lines: [] };
    }
    const { attemptId, name, offset } = log;
    const chunk = await session.api.job.readLog.query({
      attemptId,
      log: name,
      offset,
      limitBytes: CHUNK_BYTES,
    });
    log.offset = chunk.nextOffset;
    const [rest = "", ...more] = chunk.text.split("\n");
    log.lines = [...log.lines.slice(0, -1), `${log.lines.at(-1) ?? ""}${rest}`, ...more].slice(
      -KEPT_LINES,
    );
    return { name, lines: log.lines };
  }

  return async (): Promise<Sight> => {
    const job = await session.api.job.get.query({ id });
    const [metrics, tail] = await Promise.all([
      session.api.metric.keys.query({ jobId: id }).catch(noneYet([])),
      readOn(job).catch(noneYet(null)),
    ]);
    const keys = chooseCurves(metrics.map(({ key }) => key));
    const series =
      keys.length === 0
        ? []
        : await session.api.metric.read.query({ jobIds: [id], keys, maxPoints: POINTS });
    const curves = keys.flatMap((key) => {
      const found = series.find((one) => one.key === key);
      return found ? [{ key, values: found.values }] : [];
    });
    return { job, metrics, curves, log: tail };
  };
}

/** Before the first process speaks there is no log and no run to read: that is no failure of watching. */
const noneYet =
  <T>(value: T) =>
  (error: unknown): T => {
    if (failureOf(error).code === exitCode.notFound) return value;
    throw error;
  };
