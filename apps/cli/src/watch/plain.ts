import { figure } from "../render/figure.ts";
import { printable } from "../render/printable.ts";
import { time } from "../render/time.ts";
import { chooseCurves } from "./curves.ts";
import type { Sight } from "./observe.ts";

/** What is new between two looks, one line each, for a log file or a pipe. */
export function news(before: Sight | null, after: Sight, now: Date): string[] {
  const stamp = time(now);
  const lines: string[] = [];
  const { job } = after;
  if (before?.job.status !== job.status || before.job.message !== job.message)
    lines.push(
      `${stamp}  ${job.status}${job.message === null ? "" : `: ${printable(job.message)}`}`,
    );
  for (const attempt of job.attemptList) {
    const known = before?.job.attemptList.find(({ id }) => id === attempt.id);
    if (known?.status !== attempt.status)
      lines.push(
        `${stamp}  attempt ${attempt.number} ${attempt.status}${attempt.message === null ? "" : `: ${printable(attempt.message)}`}`,
      );
  }
  const changed = chooseCurves(after.metrics.map(({ key }) => key)).flatMap((key) => {
    const latest = after.metrics.find((metric) => metric.key === key)?.latest;
    const known = before?.metrics.find((metric) => metric.key === key)?.latest;
    return latest === undefined || latest.step === known?.step
      ? []
      : [`${printable(key)} ${figure(latest.value)} (step ${latest.step})`];
  });
  if (changed.length > 0) lines.push(`${stamp}  ${changed.join(", ")}`);
  return lines;
}
