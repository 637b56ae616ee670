import { isDeepStrictEqual } from "node:util";
import type { Wire } from "./state.ts";
import type { World } from "./world.ts";

const isWire = (value: unknown): value is Wire =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Goes through a JSON value and lets objects be replaced, the inner ones first. */
function rewrite(value: unknown, change: (object: Wire) => Wire): unknown {
  if (Array.isArray(value)) return value.map((one) => rewrite(one, change));
  if (!isWire(value)) return value;
  const inner = Object.entries(value).map(([name, one]) => [name, rewrite(one, change)]);
  return change(Object.fromEntries(inner));
}

/** A word no version of the API description knows, wherever a state is told. */
export const withStatusWord = (body: unknown, word: string): unknown =>
  rewrite(body, (object) => ({
    ...object,
    ...("jobType" in object && "status" in object ? { status: word } : {}),
    ...("provisioningState" in object && !("jobType" in object) ? { provisioningState: word } : {}),
    ...("runId" in object && "status" in object ? { status: word } : {}),
  }));

export const withZeroLimits = (body: unknown): unknown =>
  rewrite(body, (object) => ("limit" in object ? { ...object, limit: 0 } : object));

export const withoutGpus = (body: unknown): unknown =>
  rewrite(body, (object) =>
    Array.isArray(object["value"])
      ? { ...object, value: object["value"].filter((one) => !isWire(one) || one["gpus"] === 0) }
      : object,
  );

/** A list as it was then: what is newer is missing, what moved on stands where it stood. */
export function laggedBody(world: World, body: unknown, thenMs: number): unknown {
  return rewrite(body, (object) => {
    if (!Array.isArray(object["value"])) return object;
    const value: unknown[] = object["value"];
    const then = value.map((one) => asOf(world, one, thenMs)).filter((one) => one !== null);
    return isDeepStrictEqual(then, value) ? object : { ...object, value: then };
  });
}

function asOf(world: World, item: unknown, thenMs: number): unknown {
  if (!isWire(item) || !isWire(item["properties"])) return item;
  const job = world.state.jobs.get(String(item["name"]));
  const before = job?.history.findLast(({ at }) => Date.parse(at) <= thenMs);
  if (before === undefined) return null;
  return { ...item, properties: { ...item["properties"], status: before.status } };
}
