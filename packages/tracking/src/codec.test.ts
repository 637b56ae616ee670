import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSegment, encodeSegment } from "./codec.ts";
import { byStep, byTime, settle, type Point } from "./point.ts";

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const point: fc.Arbitrary<Point> = fc.record({
  key: fc.oneof(fc.constantFrom("loss", "eval/loss", "μ"), fc.string({ maxLength: 20 })),
  step: fc.oneof(fc.bigInt({ min: 0n, max: 50n }), int64),
  timestampMs: fc.integer({ min: 0, max: 2 ** 45 }),
  value: fc.oneof(
    fc.double(),
    fc.constantFrom(Number.NaN, Number.MAX_VALUE, Number.POSITIVE_INFINITY, 5e-324),
  ),
});
const grouped = (points: readonly Point[]): Point[] =>
  [...Map.groupBy(points, (p) => p.key).values()].flat();

test("a segment gives back exactly what it was given, in order within each key", () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 200 }), (points) => {
      expect(decodeSegment(encodeSegment(points))).toEqual(grouped(points));
    }),
  );
});

test("a step beyond 2^53 is not rounded", () => {
  const step = 2n ** 53n + 1n;
  const [back] = decodeSegment(encodeSegment([{ key: "k", step, timestampMs: 1, value: 0.1 }]));
  expect(back?.step).toBe(step);
});

test("repeats count once and the order of arrival does not matter", () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), fc.nat(), (points, turn) => {
      const one = points.map((p) => ({ ...p, key: "k" }));
      const again = [...one, ...one.slice(0, turn % (one.length + 1))].toReversed();
      for (const order of [byStep, byTime])
        expect(settle(again, order).map(plain)).toEqual(settle(one, order).map(plain));
    }),
  );
});

/** −0 and 0 are one value to the store. */
const plain = (p: Point): Point => ({ ...p, value: p.value === 0 ? 0 : p.value });

test("a torn segment is an error, not fewer points", () => {
  const whole = encodeSegment([
    { key: "loss", step: 300n, timestampMs: 1_700_000_000_000, value: 1 },
  ]);
  expect(() => decodeSegment(whole.subarray(0, whole.length - 3))).toThrow();
});
