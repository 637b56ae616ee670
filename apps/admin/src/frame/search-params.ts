/** What a screen keeps in its address, read from a link somebody may have typed. Anything odd is as if it were absent. */
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== ""
    ? value
    : typeof value === "number"
      ? String(value)
      : undefined;

export const count = (value: unknown): number | undefined => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
};

export const oneOf = <Choice extends string>(
  choices: readonly Choice[],
  value: unknown,
): Choice | undefined => choices.find((choice) => choice === value);

/** `a,b` or a repeated parameter; undefined when none is left. */
export function someOf<Choice extends string>(
  choices: readonly Choice[],
  value: unknown,
): readonly Choice[] | undefined {
  const given = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [];
  const kept = choices.filter((choice) => given.includes(choice));
  return kept.length > 0 ? kept : undefined;
}

export const list = (value: unknown): readonly string[] =>
  typeof value === "string" ? value.split(",").filter((part) => part !== "") : [];
