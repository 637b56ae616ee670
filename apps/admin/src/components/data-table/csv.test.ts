import { expect, test } from "vitest";
import { toCsv } from "./csv.ts";

const columns = [
  {
    key: "name",
    header: "Name",
    cell: () => null,
    value: (row: { name: string; score: number }) => row.name,
  },
  {
    key: "score",
    header: "Score",
    cell: () => null,
    value: (row: { name: string; score: number }) => row.score,
  },
  { key: "actions", header: "Actions", cell: () => null },
];

test.each([
  ["a plain cell stays as it is", "meridian", -1, "meridian,-1"],
  ["a comma is quoted", "a,b", 0.5, '"a,b",0.5'],
  ["a quote is doubled", 'a"b', 1, '"a""b",1'],
  ["a formula becomes text", "=1+1", 2, "'=1+1,2"],
])("%s", (_, name, score, line) => {
  expect(toCsv([{ name, score }], columns)).toBe(`Name,Score\r\n${line}\r\n`);
});
