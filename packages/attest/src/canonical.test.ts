import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, digestOf } from "./canonical.ts";

describe("canonical JSON", () => {
  test.each([
    [
      "keys are ordered by UTF-16 code unit, not by code point",
      { "\u{1f600}": 1, "\ufb33": 2, b: 3, a: 4 },
      '{"a":4,"b":3,"\u{1f600}":1,"\ufb33":2}',
    ],
    [
      "numbers are written as ECMAScript writes them",
      [1e21, 1e-7, -0, 4.5, 1e30],
      "[1e+21,1e-7,0,4.5,1e+30]",
    ],
    [
      "control characters are escaped and other letters are not",
      "\u20ac$\u000f\nA'B\"\\/",
      '"\u20ac$\\u000f\\nA\'B\\"\\\\/"',
    ],
    [
      "nothing but null, true and false are written as words",
      [null, true, false, {}, []],
      "[null,true,false,{},[]]",
    ],
  ])("%s", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  test.each([
    ["an undefined member is refused and its place named", { a: { b: undefined } }, "$.a.b"],
    ["a hole in a list is refused", Object.assign([1], { length: 2 }), "$[1]"],
    ["NaN is refused", { rate: Number.NaN }, "$.rate"],
    ["infinity is refused", [Infinity], "$[0]"],
    ["a function is refused", { f: () => 1 }, "$.f"],
    ["a bigint is refused", 1n, "$"],
    ["a date is refused, because its text is the caller's choice", { at: new Date(0) }, "$.at"],
    ["bytes are refused", { b: Buffer.from("x") }, "$.b"],
    ["a lone surrogate is refused", ["\ud800"], "$[0]"],
    ["a value that contains itself is refused", cycle, "$.self"],
  ])("%s", (_, value, place) => {
    expect(() => canonicalJson(value)).toThrow(
      expect.objectContaining({ code: "not-canonical", message: expect.stringContaining(place) }),
    );
  });

  const json = fc.jsonValue({ noUnicodeString: false });
  test("reading the text back and writing it again gives the same text", () => {
    fc.assert(
      fc.property(
        json,
        (value) => canonicalJson(JSON.parse(canonicalJson(value))) === canonicalJson(value),
      ),
    );
  });

  test("the order in which keys were set never matters", () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string({ unit: "grapheme" }), json), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(
        entries.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([a, b]) => {
          expect(digestOf(Object.fromEntries(a))).toBe(digestOf(Object.fromEntries(b)));
        },
      ),
    );
  });

  test("the digest is the SHA-256 of the text", () => {
    expect(digestOf({})).toBe(
      "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
    );
  });
});
