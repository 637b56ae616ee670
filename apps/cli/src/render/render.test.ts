import { describe, expect, test } from "vitest";
import { figure, size } from "./figure.ts";
import { lineageTree } from "./lineage.ts";
import { paintFor } from "./paint.ts";
import { printable } from "./printable.ts";
import { sparkline } from "./sparkline.ts";
import { table } from "./table.ts";
import { duration } from "./time.ts";

const plain = paintFor(false);

describe("figures", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 kB"],
    [999_960, "1.0 MB"],
    [123_456_789, "123 MB"],
  ])("%d bytes are %s", (bytes, text) => expect(size(bytes)).toBe(text));
  test.each([
    [400, "0 s"],
    [61_000, "1 min 1 s"],
    [3_600_000, "1 h"],
    [90_061_000, "1 d 1 h"],
  ])("%d ms are %s", (ms, text) => expect(duration(ms)).toBe(text));
  test("a value that is no number says so", () => {
    expect([figure(0.123456), figure(null)]).toEqual(["0.1235", "not a number"]);
  });
});

describe("a curve in a line", () => {
  test.each([
    { name: "falls", values: [8, 7, 6, 5, 4, 3, 2, 1], line: "█▇▆▅▄▃▂▁" },
    { name: "is level", values: [1, 1, 1], line: "▅▅▅" },
    { name: "has a gap where there was no number", values: [2, null, 1], line: "█ ▁" },
    { name: "is narrower than its values", values: [4, 4, 0, 0], width: 2, line: "█▁" },
    { name: "has no value yet", values: [], line: "" },
  ])("that $name", ({ values, width = 8, line }) => expect(sparkline(values, width)).toBe(line));
});

test("text from elsewhere cannot steer the terminal", () => {
  expect(printable("a\u001b[2Jb\u001b]0;title\u0007c\rd\u0008\u009be")).toBe("abc\nde");
});

test("columns line up whether coloured or not, figures on the right", () => {
  const rows = [
    [paintFor(true)("good", "ok"), "1"],
    ["failed", "200"],
  ];
  expect(printable(table(plain, ["status", "#n"], rows)).split("\n")).toEqual([
    "status    n",
    "ok        1",
    "failed  200",
  ]);
});

test("lineage is drawn from its focus back, and what was met before is not opened again", () => {
  const node = (id: string, kind: "job" | "dataset-version" | "model-version") => ({
    id,
    kind,
    label: id,
    detail: "",
    status: null,
    digest: null,
  });
  const graph = {
    focus: "tuned",
    nodes: [
      node("tuned", "model-version"),
      node("tuning", "job"),
      node("base", "model-version"),
      node("notes", "dataset-version"),
    ],
    edges: [
      { from: "tuning", to: "tuned", label: "became" },
      { from: "base", to: "tuning", label: "base" },
      { from: "notes", to: "tuning", label: "train" },
      { from: "notes", to: "base", label: "train" },
    ],
  };
  expect(lineageTree(graph, "back", plain).split("\n")).toEqual([
    "model-version  tuned",
    "└─ became job  tuning",
    "   ├─ base model-version  base",
    "   │  └─ train dataset-version  notes",
    "   └─ train dataset-version  notes",
  ]);
  expect(lineageTree({ ...graph, focus: "notes" }, "forward", plain)).toContain("(opened above)");
});
