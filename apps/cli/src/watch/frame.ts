import type { Attempt } from "../connection/wire.ts";
import { figure } from "../render/figure.ts";
import { paintStatus, type Paint } from "../render/paint.ts";
import { cut, printable, widthOf } from "../render/printable.ts";
import { sparkline } from "../render/sparkline.ts";
import { duration, lasted, time } from "../render/time.ts";
import { inReadingOrder } from "./curves.ts";
import type { Sight } from "./observe.ts";

const MOST_ATTEMPTS = 4;
const MOST_METRICS = 8;
const LOG_LINES = 8;

/** One picture of a job: status, attempts, figures with a curve, the last lines of its log. Each line fits `columns`. */
export function frame(sight: Sight, now: Date, columns: number, paint: Paint): string[] {
  const { job } = sight;
  const about = `  ${job.kind}  ${job.id}`;
  const name = cut(printable(job.name), Math.max(8, columns - about.length));
  const title = `${paint("strong", name)}${paint("faint", cut(about, columns - widthOf(name)))}`;
  return [
    title,
    ...statusLines(sight, now, columns, paint),
    ...job.attemptList
      .slice(-MOST_ATTEMPTS)
      .map((attempt) => attemptLine(attempt, now, columns, paint)),
    ...metricLines(sight, columns, paint),
    ...logLines(sight, columns, paint),
  ];
}

function statusLines({ job }: Sight, now: Date, columns: number, paint: Paint): string[] {
  const since = job.startedAt ?? job.createdAt;
  const ran = `${job.startedAt === null ? "waiting" : "for"} ${lasted(since, job.endedAt, now)}`;
  const rest = `  on ${job.target}, ${ran}, submitted ${time(job.createdAt)}`;
  const first = `${paintStatus(paint, job.status)}${cut(rest, columns - job.status.length)}`;
  return job.message === null ? [first] : [first, cut(printable(job.message), columns)];
}

function attemptLine(attempt: Attempt, now: Date, columns: number, paint: Paint): string {
  const when =
    attempt.startedAt === null
      ? "not started yet"
      : `${time(attempt.startedAt)}, ${lasted(attempt.startedAt, attempt.endedAt, now)}`;
  const heard =
    attempt.endedAt === null && attempt.lastObservedAt !== null
      ? `, seen ${duration(now.getTime() - new Date(attempt.lastObservedAt).getTime())} ago`
      : "";
  const head = `attempt ${attempt.number}  `;
  const rest = `  ${when}${heard}${attempt.message === null ? "" : `  ${printable(attempt.message)}`}`;
  const room = columns - head.length - attempt.status.length;
  return `${head}${paintStatus(paint, attempt.status)}${cut(rest, room)}`;
}

function metricLines({ metrics, curves }: Sight, columns: number, paint: Paint): string[] {
  const shown = inReadingOrder(metrics).slice(0, MOST_METRICS);
  const width = Math.max(0, ...shown.map(({ key }) => Math.min(32, key.length)));
  return shown.map(({ key, latest }) => {
    const values = curves.find((curve) => curve.key === key)?.values ?? [];
    const text = `${cut(printable(key), width).padEnd(width)}  ${figure(latest.value).padEnd(12)}  step ${latest.step}`;
    const curve = sparkline(values, Math.max(0, Math.min(40, columns - text.length - 2)));
    return curve === "" ? cut(text, columns) : `${text}  ${paint("good", curve)}`;
  });
}

function logLines({ log }: Sight, columns: number, paint: Paint): string[] {
  if (log === null) return [];
  const lines = log.lines.filter((line) => line.trim() !== "").slice(-LOG_LINES);
  return [
    paint("faint", cut(`log ${log.name}`, columns)),
    ...lines.map((line) =>
      cut(printable(line).replaceAll("\t", "  ").replaceAll("\n", " "), columns),
    ),
  ];
}
