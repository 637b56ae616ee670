import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder, type Part } from "./in-order.ts";

/** Parts whose sources a test feeds by hand, in whatever order it likes. */
function parts(sizes: readonly number[], partsInFlight: number, onEnd: () => void = () => {}) {
  const bounds: Part[] = [];
  for (const size of sizes) {
    const start = bounds.at(-1)?.end ?? 0;
    bounds.push({ start, end: start + size });
  }
  const opened = new Map<number, PassThrough>();
  const closed = new Set<number>();
  const stream = inOrder({
    parts: bounds.values(),
    partsInFlight,
    async open(part, signal) {
      const source = new PassThrough();
      opened.set(bounds.indexOf(part), source);
      signal.addEventListener("abort", () => closed.add(bounds.indexOf(part)));
      return source;
    },
    onPiece() {},
    onEnd,
    inOurWords: (error) => error,
  });
  return { stream, opened, closed };
}
const content = (part: number, size: number): Buffer => Buffer.alloc(size, part % 251);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("parts in order", () => {
  test("give the object's bytes, in whatever order and pieces they arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat()),
        async (sizes, inFlight, chances) => {
          const { stream, opened } = parts(sizes, inFlight);
          const read = buffer(stream);
          const left = sizes.map((size, part) => content(part, size));
          while (left.some((bytes) => bytes.length > 0)) {
            const open = [...opened.keys()].filter((part) => left[part]?.length);
            const part = open[(chances.next().value ?? 0) % Math.max(1, open.length)];
            if (part === undefined) {
              await turn();
              continue;
            }
            const bytes = left[part] ?? Buffer.alloc(0);
            const count = 1 + ((chances.next().value ?? 0) % bytes.length);
            opened.get(part)?.write(bytes.subarray(0, count));
            left[part] = bytes.subarray(count);
            if (left[part].length === 0) opened.get(part)?.end();
            await turn();
          }
          expect(await read).toEqual(Buffer.concat(sizes.map((size, part) => content(part, size))));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("no more are asked for than are in flight while nobody reads", async () => {
    const { stream, opened } = parts([10, 10, 10, 10], 2);
    await turn();
    for (const [part, source] of opened) source.end(content(part, 10));
    await turn();
    expect([...opened.keys()]).toEqual([0, 1]);
    stream.destroy();
  });

  test.each([
    ["ends too early", (source: PassThrough) => source.end(content(1, 4)), /cut in the middle/],
    ["breaks", (source: PassThrough) => source.destroy(new Error("reset")), /reset/],
    ["is longer than asked", (source: PassThrough) => source.end(content(1, 11)), /more bytes/],
  ])("fail when one %s, and what is still read is closed", async (_how, spoil, message) => {
    const { stream, opened, closed } = parts([10, 10, 10], 3);
    const read = Promise.allSettled([buffer(stream)]);
    await turn();
    const [first, second] = [opened.get(0), opened.get(1)];
    first?.end(content(0, 10));
    if (second) spoil(second);
    expect((await read)[0]).toMatchObject({ reason: { message: expect.stringMatching(message) } });
    expect(closed.has(2)).toBe(true);
    expect(closed.has(0)).toBe(false);
  });

  test("never say that they end when the check at the end refuses them", async () => {
    const { stream, opened } = parts([3], 1, () => {
      throw new Error("other bytes");
    });
    const read = Promise.allSettled([buffer(stream)]);
    await turn();
    opened.get(0)?.end(content(0, 3));
    expect((await read)[0]).toMatchObject({ reason: { message: "other bytes" } });
  });
});
