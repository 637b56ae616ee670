import { expect, test } from "vitest";
import { chartGroups } from "./chart-groups.ts";

test("losses share the first chart, the trainer's bookkeeping and the machine are set apart", () => {
  const groups = chartGroups([
    "system/memory_bytes",
    "eval_loss",
    "grad_norm",
    "loss",
    "eval_runtime",
  ]);
  expect(groups.map((group) => [group.title, group.keys, group.rank])).toEqual([
    ["Loss", ["eval_loss", "loss"], "main"],
    ["Eval runtime", ["eval_runtime"], "minor"],
    ["Grad norm", ["grad_norm"], "main"],
    ["Memory in use", ["system/memory_bytes"], "machine"],
  ]);
});
test("bytes are shown as bytes", () => {
  expect(chartGroups(["system/memory_bytes"])[0]?.format(1_500_000)).toBe("1.5 MB");
});
