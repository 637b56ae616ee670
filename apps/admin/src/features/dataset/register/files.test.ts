import { expect, test } from "vitest";
import { faultsOf } from "./files.ts";

const cases: readonly [string, string, number, string, string | null][] = [
  ["a small .jsonl file with a patient field is fine", "train/a.jsonl", 10, "patient_id", null],
  ["any kind of file is fine without a patient field", "train/a.parquet", 10, "", null],
  ["patients cannot be found in a table", "train/a.csv", 10, "patient_id", "is not .jsonl"],
  ["an empty file is refused", "train/a.jsonl", 0, "", "is empty"],
  ["a large file is for the command line", "train/a.jsonl", 600e6, "", "preceptor dataset add"],
];
test.each(cases)("%s", (_name, path, size, subjectField, expected) => {
  const [fault] = faultsOf([{ path, file: { size } }], subjectField);
  if (expected === null) expect(fault).toBeUndefined();
  else expect(fault?.message).toContain(expected);
});

test("the same name twice in a split is refused, in two splits it is fine", () => {
  const file = { size: 1 };
  expect(
    faultsOf(
      [
        { path: "a/x", file },
        { path: "b/x", file },
      ],
      "",
    ),
  ).toEqual([]);
  expect(
    faultsOf(
      [
        { path: "a/x", file },
        { path: "a/x", file },
      ],
      "",
    ),
  ).toHaveLength(1);
});
