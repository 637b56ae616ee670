import { JobSpec } from "@preceptor/domain";
import { expect, test } from "vitest";
import { figureRows, specRows } from "./compare-rows.ts";

const now = new Date("2026-01-01T01:00:00Z");
const job = (name: string, parameters: Record<string, number>, inputs = {}) => ({
  name,
  status: "succeeded" as const,
  recipe: { name: "lora-sft", version: 1 },
  spec: JobSpec.parse({
    name,
    kind: "fine-tune",
    recipe: "lora-sft",
    inputs,
    compute: { target: "local", nodes: 2 },
  }),
  parameters,
  startedAt: "2026-01-01T00:00:00Z",
  endedAt: "2026-01-01T00:01:00Z",
});

test("a row stands for every name any job has, in order, and says whether the jobs differ in it", () => {
  const notes = { train: "dataset://notes@1/train" };
  const rows = specRows([job("one", { rank: 8 }, notes), job("two", { rank: 8, epochs: 3 })], now);
  expect(rows.map(({ name, values, differs }) => [name, ...values, differs])).toEqual([
    ["name", "one", "two", true],
    ["status", "succeeded", "succeeded", false],
    ["program", "recipe lora-sft@1", "recipe lora-sft@1", false],
    ["ran", "1 min", "1 min", false],
    ["compute", "local, 2 × 1", "local, 2 × 1", false],
    ["input train", "dataset://notes@1/train", null, true],
    ["epochs", null, "3", true],
    ["rank", "8", "8", false],
  ]);
});

test("figures are the newest of each series; a machine's readings are left out, and no number says so", () => {
  const latest = (value: number | null) => ({ step: 1, timestampMs: 0, value });
  const rows = figureRows(
    ["a", "b"],
    [
      { jobId: "b", key: "loss", latest: latest(null) },
      { jobId: "a", key: "loss", latest: latest(0.25) },
      { jobId: "a", key: "system/cpu", latest: latest(1) },
      { jobId: "a", key: "eval/loss", latest: latest(0.5) },
    ],
  );
  expect(rows.map(({ name, values }) => [name, ...values])).toEqual([
    ["eval/loss", "0.5", null],
    ["loss", "0.25", "not a number"],
  ]);
});
