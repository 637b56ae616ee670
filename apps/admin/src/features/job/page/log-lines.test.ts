import { expect, test } from "vitest";
import { appendText, emptyLog } from "./log-lines.ts";

test.each([
  [
    "a line cut between two chunks is one line",
    ["step 1 lo", "ss 2\nstep 2"],
    ["step 1 loss 2"],
    "step 2",
  ],
  ["a progress bar keeps its last state", [" 10%\r 50%\r100%\n"], ["100%"], ""],
  ["a carriage return before the line's end is dropped", ["done\r\n"], ["done"], ""],
  ["colours are taken out", ["\u001b[31mred\u001b[0m\n"], ["red"], ""],
])("%s", (_, chunks, lines, open) => {
  const log = chunks.reduce(appendText, emptyLog);
  expect(log).toEqual({ lines, open });
});
