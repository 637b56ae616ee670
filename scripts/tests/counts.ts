export type Counts = { passed: number; failed: number; skipped: number };

type Suite = { status: string; assertionResults: readonly { status: string }[] };

/**
 * Counts vitest's JSON report. A file that could not be loaded holds no test and is one failure; a run that ended badly
 * without a failed test (an unhandled rejection, a crash) is one failure too.
 */
export function countJson(report: string | undefined, exitCode: number): Counts {
  const suites: readonly Suite[] = report === undefined ? [] : JSON.parse(report).testResults;
  const statuses = suites.flatMap((suite) => suite.assertionResults.map((result) => result.status));
  const count = (...wanted: string[]): number =>
    statuses.filter((status) => wanted.includes(status)).length;
  const broken = suites.filter(
    (suite) =>
      suite.status === "failed" &&
      !suite.assertionResults.some((result) => result.status === "failed"),
  ).length;
  const failed = count("failed") + broken;
  return {
    passed: count("passed"),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: count("pending", "skipped", "todo"),
  };
}

/** Counts pytest's JUnit report; `undefined` when there is none, which is a failure. */
export function countJunit(report: string | undefined): Counts {
  const head = report?.match(/<testsuite [^>]*>/)?.[0];
  if (head === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const number = (name: string): number =>
    Number(head.match(new RegExp(` ${name}="(\\d+)"`))?.[1] ?? 0);
  const failed = number("failures") + number("errors");
  return {
    passed: number("tests") - failed - number("skipped"),
    failed,
    skipped: number("skipped"),
  };
}

export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
