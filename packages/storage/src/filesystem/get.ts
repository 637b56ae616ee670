import { Readable } from "node:stream";
import { DomainError } from "@preceptor/domain";
import { openObject, placeOf } from "./place.ts";

export const notFound = (name: string): DomainError =>
  new DomainError("not-found", `The store has no object ${name}.`, { field: "name" });

export async function getObject(
  root: string,
  name: string,
  range: { start: number; end?: number } = { start: 0 },
): Promise<Readable> {
  const { start, end } = range;
  const whole = Number.isSafeInteger(start) && (end === undefined || Number.isSafeInteger(end));
  if (!whole || start < 0 || (end !== undefined && end < start))
    throw new DomainError(
      "invalid",
      "A range is two byte offsets, the first not after the second.",
      {
        field: "range",
      },
    );
  const file = await openObject(placeOf(root, name));
  if (file === null) throw notFound(name);
  if (end === start) {
    await file.close();
    return Readable.from([]);
  }
  return file.createReadStream(end === undefined ? { start } : { start, end: end - 1 });
}
