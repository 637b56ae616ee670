import { hash } from "node:crypto";
import { AttestError } from "./refusal.ts";

export type Sha256Digest = `sha256:${string}`;

/** Deep enough for any statement; shallow enough that a cycle is a clear error and not a stack overflow. */
const MAX_DEPTH = 128;

/**
 * The one text of a JSON value, after RFC 8785 (JCS): keys in UTF-16 order, ECMAScript numbers, no spaces.
 * Throws AttestError "not-canonical" for what JSON cannot carry (undefined, NaN, functions, dates, lone surrogates), naming
 * the place and never the value.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "$", 0);
}

/** SHA-256 of the canonical text, as "sha256:<64 hex>". */
export function digestOf(value: unknown): Sha256Digest {
  return `sha256:${hash("sha256", canonicalJson(value), "hex")}`;
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_DEPTH) throw refusal(path, "is nested too deep, or contains itself");
  switch (typeof value) {
    case "string":
      return writeString(value, path);
    case "number":
      if (!Number.isFinite(value)) throw refusal(path, "is not a finite number");
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value)
        ? writeArray(value, path, depth)
        : writeObject(value, path, depth);
    default:
      throw refusal(path, `is a ${typeof value}, which JSON cannot carry`);
  }
}

function writeString(text: string, path: string): string {
  if (!text.isWellFormed()) throw refusal(path, "holds a lone surrogate");
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], path: string, depth: number): string {
  // Array.from visits holes, which map would skip: a hole is an undefined and is refused as one.
  return `[${Array.from(items, (item, i) => write(item, `${path}[${i}]`, depth + 1)).join(",")}]`;
}

function writeObject(object: object, path: string, depth: number): string {
  // A Date, Map or Buffer would be written as something else than it means: the caller decides its text first.
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null)
    throw refusal(path, "is not a plain object");
  const members = Object.entries(object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, member]) => `${writeString(key, path)}:${write(member, `${path}.${key}`, depth + 1)}`,
    );
  return `{${members.join(",")}}`;
}

function refusal(path: string, why: string): AttestError {
  return new AttestError("not-canonical", `${path} ${why}`);
}
