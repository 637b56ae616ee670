import { expect, test } from "vitest";
import { countJson, countJunit, summaryLine } from "./counts.ts";

const suite = (status: string, ...results: string[]) => ({
  status,
  assertionResults: results.map((result) => ({ status: result })),
});
const report = (...testResults: unknown[]) => JSON.stringify({ testResults });

test.each([
  {
    name: "passed, failed and skipped are told apart",
    report: report(suite("failed", "passed", "failed", "skipped")),
    code: 1,
    line: "1 passed, 1 failed, 1 skipped",
  },
  {
    name: "a file that does not load is a failure",
    report: report(suite("failed"), suite("passed", "passed")),
    code: 1,
    line: "1 passed, 1 failed",
  },
  {
    name: "a bad end without a failed test is a failure",
    report: report(suite("passed", "passed")),
    code: 1,
    line: "1 passed, 1 failed",
  },
  { name: "no report at all is a failure", report: undefined, code: 1, line: "0 passed, 1 failed" },
  {
    name: "all is well",
    report: report(suite("passed", "passed", "passed")),
    code: 0,
    line: "2 passed, 0 failed",
  },
])("$name", ({ report: text, code, line }) => {
  expect(summaryLine(countJson(text, code))).toBe(line);
});

test("pytest's report counts errors as failures, and its absence too", () => {
  const xml =
    '<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="0.1"></testsuite></testsuites>';
  expect(countJunit(xml)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  expect(countJunit(undefined).failed).toBe(1);
});
