import { expect, test } from "vitest";
import { rangeOf } from "./range.ts";

test.each([
  ["no range is the whole", undefined, "whole"],
  ["a range is given with its end", "bytes=2-4", { start: 2, end: 5 }],
  ["one without an end goes to the file's", "bytes=7-", { start: 7, end: 10 }],
  ["an end past the file's is the file's", "bytes=7-99", { start: 7, end: 10 }],
  ["the last bytes are asked for by their number", "bytes=-3", { start: 7, end: 10 }],
  ["more last bytes than there are is all of them", "bytes=-30", { start: 0, end: 10 }],
  ["no last byte is nothing", "bytes=-0", "none"],
  ["what begins past the end is nothing", "bytes=10-", "none"],
  ["several ranges are answered with the whole", "bytes=0-1,3-4", "whole"],
  ["another unit is not known", "rows=0-1", "whole"],
  ["one that ends before it begins is not known", "bytes=4-2", "whole"],
])("%s", (_, header, expected) => {
  expect(rangeOf(header, 10)).toEqual(expected);
});
