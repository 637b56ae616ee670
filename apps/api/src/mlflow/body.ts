/** Digits that a float64 cannot hold exactly. */
const longInteger = /(?:^|[^\d."\w])-?\d{16,}(?![\d.eE])/;

interface SourceContext {
  readonly source?: string;
}
type SourceReviver = (key: string, value: unknown, context: SourceContext) => unknown;
declare global {
  interface JSON {
    parse(text: string, reviver: SourceReviver): unknown;
    /** Text that `stringify` writes as it is (ECMAScript's "JSON.parse source text access"). */
    rawJSON(text: string): object;
  }
}

/** Parses JSON without rounding a 64-bit step; costs nothing where there is no long number. */
export function parseExact(text: string): unknown {
  if (!longInteger.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === "number" &&
    source !== undefined &&
    /^-?\d+$/.test(source) &&
    !Number.isSafeInteger(value)
      ? BigInt(source)
      : value,
  );
}

/** The wire's JSON: 64-bit numbers as numbers, what is no number by name. */
export const writeExact = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return JSON.rawJSON(part.toString());
    if (typeof part === "number" && !Number.isFinite(part)) return String(part);
    return part;
  });
