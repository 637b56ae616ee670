/** A spec while it is written: any object, so that what the YAML says is never lost by the form. */
export type Draft = Readonly<Record<string, unknown>>;
export type Path = readonly string[];

const isObject = (value: unknown): value is Draft =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const asDraft = (value: unknown): Draft | null => (isObject(value) ? value : null);

export function valueAt(draft: Draft, path: Path): unknown {
  let value: unknown = draft;
  for (const key of path) value = isObject(value) ? value[key] : undefined;
  return value;
}

/** A copy with the value set; `undefined` takes the key away, and an object left empty by that with it. */
export function withValue(draft: Draft, path: Path, value: unknown): Draft {
  const [key, ...rest] = path;
  if (key === undefined) return draft;
  const inner = draft[key];
  const next = rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value);
  const gone =
    next === undefined || (value === undefined && isObject(next) && Object.keys(next).length === 0);
  if (!gone) return { ...draft, [key]: next };
  return Object.fromEntries(Object.entries(draft).filter(([name]) => name !== key));
}

export const textAt = (draft: Draft, path: Path): string => {
  const value = valueAt(draft, path);
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
};
