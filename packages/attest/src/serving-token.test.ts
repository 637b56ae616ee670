import { expect, test } from "vitest";
import { createServingTokens } from "./serving-token.ts";

const key = "0123456789abcdef".repeat(4);

test("a bearer follows from the key and the deployment alone, so that two processes need not tell each other", () => {
  const [worker, gateway] = [createServingTokens(key), createServingTokens(`${key}\n`)];
  expect(gateway("dep_1")).toBe(worker("dep_1"));
  expect(worker("dep_2")).not.toBe(worker("dep_1"));
  expect(createServingTokens(key.replace("0", "1"))("dep_1")).not.toBe(worker("dep_1"));
  expect(worker("dep_1")).toMatch(/^[\w-]{43}$/);
});

test("a key that is too short to be a secret is refused, and not repeated", () => {
  expect(() => createServingTokens("short-and-guessable")).toThrow(/32 characters or more/);
  expect(() => createServingTokens("short-and-guessable")).not.toThrow(/guessable/);
});
