import { expect, test } from "vitest";
import { chartGroups } from "./chart-groups.ts";

test("losses share a chart, machine readings come last", () => {
  const groups = chartGroups(["system/memory_bytes", "eval_loss", "grad_norm", "loss"]);
  expect(groups.map((group) => [group.title, group.keys])).toEqual([
    ["loss", ["eval_loss", "loss"]],
    ["grad norm", ["grad_norm"]],
    ["memory bytes", ["system/memory_bytes"]],
  ]);
});
test("bytes are shown as bytes", () => {
  expect(chartGroups(["system/memory_bytes"])[0]?.format(1_500_000)).toBe("1.5 MB");
});
