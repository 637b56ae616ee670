import { DomainError } from "./error.ts";

/**
 * Path of a text in a JSON value that Postgres cannot hold (a NUL, or half of a surrogate pair); null when there is none. Such text
 * never comes from a keyboard. Walks without recursion: a body may be nested half a million levels deep.
 */
export function unstorableText(value: unknown): string | null {
  const waiting: { readonly value: unknown; readonly path: string }[] = [{ value, path: "" }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: part, path } = next;
    if (typeof part === "string" && !isStorable(part)) return path;
    if (typeof part !== "object" || part === null) continue;
    for (const [key, inner] of Object.entries(part)) {
      if (!isStorable(key)) return path;
      waiting.push({ value: inner, path: path === "" ? key : `${path}.${key}` });
    }
  }
  return null;
}

const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** Refuses an input before anything is done with it. */
export function assertStorable(value: unknown): void {
  const field = unstorableText(value);
  if (field !== null)
    throw new DomainError(
      "invalid",
      "This text holds a character that cannot be stored (a NUL, or half of one). Nothing was written; take it out.",
      { field },
    );
}
