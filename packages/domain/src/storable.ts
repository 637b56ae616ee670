/**
 * Path of the first text in a JSON value that Postgres cannot hold (a NUL, or half of a surrogate pair); null when there is none.
 * Such text never comes from a keyboard.
 */
export function unstorableText(value: unknown, path: readonly string[] = []): string | null {
  if (typeof value === "string")
    return value.includes("\0") || !value.isWellFormed() ? path.join(".") : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const at = [...path, key];
    if (unstorableText(key) !== null) return path.join(".");
    const found = unstorableText(part, at);
    if (found !== null) return found;
  }
  return null;
}
