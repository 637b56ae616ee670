import { expect, test } from "vitest";
import type { Job } from "../connection/wire.ts";
import { paintFor } from "../render/paint.ts";
import { widthOf } from "../render/printable.ts";
import { chooseCurves } from "./curves.ts";
import { exitCodeOf } from "./follow.ts";
import { frame } from "./frame.ts";
import type { Sight } from "./observe.ts";
import { news } from "./plain.ts";

const now = new Date("2026-05-04T10:05:00Z");
const attempt: Job["attemptList"][number] = {
  id: "att_1",
  jobId: "job_1",
  number: 1,
  fencingToken: 1,
  status: "running",
  reason: null,
  message: null,
  resumedFromCheckpointId: null,
  preparedAt: null,
  startedAt: "2026-05-04T10:00:00.000Z",
  lastObservedAt: "2026-05-04T10:04:58.000Z",
  endedAt: null,
  processes: [],
};
const sight = (status: Job["status"], step: number): Sight => ({
  job: {
    id: "job_1",
    name: "discharge-lora",
    kind: "fine-tune",
    recipe: { name: "lora-sft", version: 1 },
    status,
    reason: null,
    message: null,
    submittedBy: { id: "usr_1", name: "Ada" },
    target: "local",
    createdAt: "2026-05-04T09:59:00.000Z",
    startedAt: "2026-05-04T10:00:00.000Z",
    endedAt: null,
    attempts: 1,
    outputModel: null,
    spec: {
      name: "discharge-lora",
      kind: "fine-tune",
      recipe: "lora-sft",
      inputs: {},
      parameters: {},
      compute: { target: "local", nodes: 1, processesPerNode: 1, tier: "dedicated" },
      distribution: "pytorch",
      limits: { timeout: "PT1H", maxAttempts: 3 },
      evaluate: [],
    },
    parameters: {},
    specDigest: "sha256:0",
    runId: "0",
    maxAttempts: 3,
    machine: { instanceType: null, tier: "dedicated", image: null },
    cost: null,
    attemptList: [attempt],
    inputs: [],
  },
  metrics: [
    { key: "system/cpu", latest: { step: 9, value: 71, timestampMs: 0 }, points: 9 },
    { key: "loss", latest: { step, value: 0.53219, timestampMs: 0 }, points: 9 },
  ],
  curves: [{ key: "loss", values: [3, 2, 1] }],
  log: { name: "node-0", lines: ["\u001b[2Jloading", "x".repeat(500), ""] },
});

test("a frame fits its width, shows the loss first with its curve, and no log line steers the terminal", () => {
  for (const columns of [60, 120]) {
    const lines = frame(sight("running", 40), now, columns, paintFor(true));
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    expect(lines.join("\n")).not.toContain("\u001b[2J");
    const figures = lines.filter((line) => /step \d+/.test(line));
    expect(figures[0]).toMatch(/^loss +0\.5322 +step 40 .*█▅▁/);
  }
});

test("in a pipe only what changed is told", () => {
  const first = sight("running", 40);
  expect(news(null, first, now)).toHaveLength(3);
  expect(news(first, first, now)).toEqual([]);
  expect(news(first, sight("running", 50), now)).toEqual([expect.stringContaining("(step 50)")]);
  expect(news(first, sight("failed", 40), now)).toEqual([expect.stringContaining("failed")]);
});

test("losses are what a run is watched by, the training one first, never a reading of the machine", () => {
  expect(chooseCurves(["eval_loss", "system/loss", "lr", "train/loss", "loss"])).toEqual([
    "loss",
    "train/loss",
    "eval_loss",
  ]);
});

test("only success is zero", () => {
  expect([exitCodeOf("succeeded"), exitCodeOf("failed"), exitCodeOf("cancelled")]).toEqual([
    0, 6, 7,
  ]);
});
