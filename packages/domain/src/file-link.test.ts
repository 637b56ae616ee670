import { expect, test } from "vitest";
import { askLink, copyLifeMs } from "./file-link.ts";

const minuteMs = 60_000;

test.each([
  ["nothing is copied in five minutes at most", 0, 5 * minuteMs],
  ["a small file too", 1_000, 5 * minuteMs + 1],
  ["six gigabytes have ten minutes more", 6e9, 15 * minuteMs],
  ["however large, no link lives longer than an hour", 5e12, 60 * minuteMs],
])("%s", (_, sizeBytes, lifeMs) => {
  expect(copyLifeMs(sizeBytes)).toBe(lifeMs);
});

test("an address that stays is not asked for; another is, with the life it is to have", async () => {
  expect(await askLink("file:///a", 1)).toBe("file:///a");
  expect(await askLink(async (lifeMs) => `https://a?${lifeMs}`, 7)).toBe("https://a?7");
});
