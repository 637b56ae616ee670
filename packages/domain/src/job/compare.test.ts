import { expect, test } from "vitest";
import { compareFigures, compareSpecs, type ComparedRow } from "./compare.ts";
import { JobSpec } from "./submit.ts";

const job = (asked: object, given: Record<string, number>, compute: object = {}) => ({
  spec: JobSpec.parse({
    name: "a-job",
    kind: "fine-tune",
    recipe: "lora-sft",
    inputs: asked,
    compute: { target: "local", nodes: 2, ...compute },
  }),
  parameters: given,
});
const plain = (rows: readonly ComparedRow[]) =>
  rows.map(({ name, values, differs }) => [name, ...values, differs]);

test("a row stands for every name any job has, in order, and says whether the jobs differ in it", () => {
  const notes = { train: "dataset://notes@1/train" };
  const rows = compareSpecs(
    [job(notes, { rank: 8 }), job({}, { rank: 8, epochs: 3 })],
    [["kind", ({ spec }) => spec.kind]],
  );
  expect(plain(rows)).toEqual([
    ["kind", "fine-tune", "fine-tune", false],
    ["compute", "local, 2 × 1", "local, 2 × 1", false],
    ["input train", "dataset://notes@1/train", null, true],
    ["epochs", null, "3", true],
    ["rank", "8", "8", false],
  ]);
});

test("who left a parameter out and who wrote its default down asked for the same", () => {
  const [left, written] = [job({}, { rank: 8 }), job({}, { rank: 8 })];
  const asked = { ...written, spec: { ...written.spec, parameters: { rank: 8 } } };
  expect(plain(compareSpecs([left, asked], []))).toContainEqual(["rank", "8", "8", false]);
});

test("machines and images are told as soon as one job names any", () => {
  const rows = compareSpecs([job({}, {}), job({}, {}, { tier: "spot", image: "trainer:2" })], []);
  expect(plain(rows).slice(1)).toEqual([
    ["machine", "the target’s own, dedicated", "the target’s own, spot", true],
    ["image", "the target’s own", "trainer:2", true],
  ]);
});

test("figures are the newest of each series; a machine's readings are left out", () => {
  const latest = (value: number | null) => ({ value });
  const rows = compareFigures(
    ["a", "b"],
    [
      { jobId: "b", key: "loss", latest: latest(null) },
      { jobId: "a", key: "loss", latest: latest(0.25) },
      { jobId: "a", key: "system/cpu", latest: latest(1) },
      { jobId: "a", key: "eval/loss", latest: latest(0.5) },
    ],
    String,
  );
  expect(plain(rows)).toEqual([
    ["eval/loss", "0.5", null, true],
    ["loss", "0.25", "null", true],
  ]);
});
