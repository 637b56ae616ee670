import { expect, test } from "vitest";
import { limitWrongPasswords } from "./wrong-passwords.ts";

const wrong = async () => false;
const right = async () => true;

test("the sixth guess within a quarter of an hour is not even looked at, though it were right", async () => {
  let now = 0;
  const confirm = limitWrongPasswords(() => now);
  for (let n = 0; n < 5; n += 1) {
    expect(await confirm("ada", wrong)).toBe(false);
    now += 60_000;
  }
  await expect(confirm("ada", right)).rejects.toMatchObject({
    code: "quota-exceeded",
    message: expect.stringContaining("Try again in 10 min."),
  });
  expect(await confirm("bea", right)).toBe(true);
  now = 15 * 60_000;
  expect(await confirm("ada", right)).toBe(true);
});

test("guesses sent at once count one by one", async () => {
  const confirm = limitWrongPasswords();
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => confirm("ada", wrong)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
});

test("the right password forgets the wrong ones before it", async () => {
  const confirm = limitWrongPasswords();
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 4; n += 1) await confirm("ada", wrong);
    expect(await confirm("ada", right)).toBe(true);
  }
});
