import fc from "fast-check";
import { expect, test } from "vitest";
import { keepText, removableCheckpoints, type Keep, type Keepable } from "./keep.ts";

const at = (step: number | null, more: Partial<Keepable> = {}): Keepable => ({
  id: `c${step ?? "x"}`,
  kind: "step",
  step,
  metrics: {},
  createdAt: new Date(1_000 * (step ?? 0)),
  inUse: false,
  ...more,
});
const loss = (step: number, value: number | null, more: Partial<Keepable> = {}): Keepable =>
  at(step, { metrics: { "eval/loss": value }, ...more });
const last = (count: number): Keep => ({ last: count });
const best = (count: number, mode: "min" | "max" = "min", metric = "eval/loss"): Keep => ({
  last: 1,
  best: { metric, mode, count },
});
const running = { ended: false };
const ended = { ended: true };
const rewritten = at(3, { id: "again", createdAt: new Date(9_000) });

test.each([
  ["a job that asks for nothing keeps everything", ended, undefined, [at(1), at(2)], []],
  ["the last two stay", ended, last(2), [at(1), at(2), at(3)], ["c1"]],
  ["order is by step, not by place", ended, last(1), [at(3), at(1), at(2)], ["c1", "c2"]],
  ["fewer than asked for all stay", ended, last(5), [at(1), at(2)], []],
  [
    "the final one stays whatever its age",
    ended,
    last(1),
    [at(null, { kind: "final" }), at(1), at(2)],
    ["c1"],
  ],
  [
    "the final one does not count as one of the last",
    ended,
    last(1),
    [at(1), at(9, { kind: "final" })],
    [],
  ],
  [
    "one that something refers to stays",
    ended,
    last(1),
    [at(1, { inUse: true }), at(2), at(3)],
    ["c2"],
  ],
  [
    "of a step written twice the later writing counts",
    ended,
    last(2),
    [at(2), at(3), rewritten],
    ["c3"],
  ],
  ["a running job keeps what it would be resumed from", running, last(1), [at(1), at(2)], ["c1"]],
  ["folders without a step are older than any step", ended, last(1), [at(null), at(1)], ["cx"]],
  [
    "the smallest loss stays beside the last",
    ended,
    best(1),
    [loss(1, 3), loss(2, 1), loss(3, 2)],
    ["c1"],
  ],
  ["the greatest score stays", ended, best(1, "max"), [loss(1, 3), loss(2, 1), loss(3, 2)], ["c2"]],
  [
    "of equals the one it was measured at stays",
    ended,
    best(1),
    [loss(1, 1), loss(2, 1), loss(3, 4)],
    ["c2"],
  ],
  [
    "a figure that is no number is never best",
    ended,
    best(1),
    [loss(1, null), loss(2, Number.NaN), loss(3, 7), loss(4, 9)],
    ["c1", "c2"],
  ],
  [
    "a metric none of them has keeps everything",
    ended,
    best(1, "min", "eval/los"),
    [loss(1, 1), loss(2, 2)],
    [],
  ],
  [
    "one without the figure is not best",
    ended,
    best(2),
    [at(1), loss(2, 1), loss(3, 2), loss(4, 3)],
    ["c1"],
  ],
] as const)("%s", (_, job, keep, checkpoints, expected) => {
  expect(removableCheckpoints({ ...job, keep }, checkpoints)).toEqual(expected);
});

const aKeep: fc.Arbitrary<Keep> = fc
  .record({ last: fc.integer({ min: 1, max: 3 }), count: fc.integer({ min: 0, max: 2 }) })
  .map(({ last: n, count }) =>
    count === 0 ? last(n) : { last: n, best: { metric: "m", mode: "min", count } },
  );
const someCheckpoints: fc.Arbitrary<readonly Keepable[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Keepable["kind"]>("step", "step", "step", "final"),
      step: fc.option(fc.nat(8)),
      value: fc.option(fc.nat(4)),
      inUse: fc.boolean(),
    }),
    { maxLength: 10 },
  )
  .map((all) =>
    all.map(({ value, ...one }, n) => ({
      ...one,
      id: `c${n}`,
      metrics: { m: value },
      createdAt: new Date(n),
    })),
  );
const distinct = (of: readonly Keepable[]): number =>
  new Set(of.map((one) => one.step ?? one.id)).size;

test("what goes is a step, not in use, not what a resume would choose; `last` and `best` stay whole", () => {
  fc.assert(
    fc.property(aKeep, someCheckpoints, (keep, checkpoints) => {
      const gone = new Set(removableCheckpoints({ ...running, keep }, checkpoints));
      const steps = checkpoints.filter(({ kind }) => kind === "step");
      const stay = steps.filter(({ id }) => !gone.has(id));
      for (const one of checkpoints)
        if (one.kind === "final" || one.inUse) expect(gone).not.toContain(one.id);
      const [newest] = steps.toSorted(
        (a, b) => (b.step ?? -1) - (a.step ?? -1) || b.createdAt.getTime() - a.createdAt.getTime(),
      );
      if (newest) expect(stay).toContain(newest);
      expect(distinct(stay)).toBeGreaterThanOrEqual(Math.min(keep.last, distinct(steps)));
      const values = steps.flatMap(({ metrics: { m } }) => (typeof m === "number" ? [m] : []));
      if (keep.best && values.length > 0 && distinct(steps) === steps.length)
        expect(stay.map(({ metrics }) => metrics["m"])).toContain(Math.min(...values));
    }),
  );
});

test("a second look right after finds nothing more", () => {
  fc.assert(
    fc.property(aKeep, someCheckpoints, (keep, checkpoints) => {
      const gone = new Set(removableCheckpoints({ ...ended, keep }, checkpoints));
      const stay = checkpoints.filter(({ id }) => !gone.has(id));
      expect(removableCheckpoints({ ...ended, keep }, stay)).toEqual([]);
    }),
  );
});

test("what a job keeps is said in its own words", () => {
  expect(keepText(last(2))).toBe("keep last 2");
  expect(keepText({ last: 2, best: { metric: "eval/loss", mode: "min", count: 2 } })).toBe(
    "keep last 2, best 2 by eval/loss (min)",
  );
});
