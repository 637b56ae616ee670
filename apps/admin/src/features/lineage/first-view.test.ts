import { expect, test } from "vitest";
import { canvasHeight, firstView, roomBelow } from "./first-view.ts";

const canvas = { width: 1000, height: 400 };

test("a small graph is shown whole, in the middle, not enlarged", () => {
  expect(firstView(canvas, { width: 400, height: 100 }, { x: 0, y: 0 })).toEqual({
    x: 300,
    y: 150,
    zoom: 1,
  });
});
test("a wide graph stays readable and shows its right end when that is the focus", () => {
  const { x, zoom } = firstView(canvas, { width: 3000, height: 100 }, { x: 2900, y: 50 });
  expect(zoom).toBe(0.6);
  expect(x + 3000 * zoom).toBe(1000 - 24);
});
test("the canvas is as tall as the graph, within what the window leaves", () => {
  expect(canvasHeight(1000, 900, { width: 600, height: 300 })).toBe(396);
  expect(canvasHeight(1000, 900, { width: 900, height: 2000 })).toBe(640);
  expect(canvasHeight(1000, 500, { width: 900, height: 2000 })).toBe(360);
});
test("a flat graph leaves room for its table, a tall one does not", () => {
  const flat = canvasHeight(1190, 900, { width: 1900, height: 98 });
  const tall = canvasHeight(1190, 900, { width: 1900, height: 1200 });
  expect([roomBelow(900, flat), roomBelow(900, tall)]).toEqual([true, false]);
});
