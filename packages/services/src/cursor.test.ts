import { expect, test } from "vitest";
import { decodeCursor, encodeCursor, part } from "./cursor.ts";

const shape = [part.instant, part.text];
const made = (...parts: (string | number)[]) => encodeCursor(...parts);

test("a cursor of ours is read back, and none means the first page", () => {
  const at = "2026-05-01T12:00:00.000Z";
  expect(decodeCursor(made(at, "job_1"), shape)).toEqual([at, "job_1"]);
  expect(decodeCursor(made(7), [part.position])).toEqual(["7"]);
  expect(decodeCursor(undefined, shape)).toBeNull();
});

test.each([
  ["text that is no base64 of JSON", "garbage", shape],
  ["a part too many", made("2026-05-01T12:00:00.000Z", "a", "b"), shape],
  ["a word for an instant", made("yesterday", "job_1"), shape],
  ["a day that no month has", made("2026-02-31T12:00:00.000Z", "job_1"), shape],
  ["SQL after an instant", made("2026-05-01T12:00:00.000Z'; drop table job --", "x"), shape],
  ["a NUL in an id", made("2026-05-01T12:00:00.000Z", "job\0"), shape],
  ["half of a surrogate pair", made("2026-05-01T12:00:00.000Z", "\ud800"), shape],
  ["a word for a position", made("last"), [part.position]],
  ["a position past any log", made("9".repeat(30)), [part.position]],
  ["a fraction for a step", made("1", "0.5", "x"), [part.integer, part.integer, part.text]],
])("%s is refused before the database is asked", (_, cursor, of) => {
  expect(() => decodeCursor(cursor, of)).toThrow(
    expect.objectContaining({ code: "invalid", field: "cursor" }),
  );
});
