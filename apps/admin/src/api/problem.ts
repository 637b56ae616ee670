import { faultsOf, type InputFault } from "@preceptor/domain";
import type { z } from "zod";
import { sentence } from "./error.ts";

/** A message of the domain follows the name of a field; in the browser it stands alone, as a sentence. */
export const asSentence = ({ field, message }: InputFault): InputFault => ({
  field,
  message: sentence(message),
});

/** What the rules of the domain say against an input, field by field. */
export const problemsIn = (error: z.ZodError | undefined): readonly InputFault[] =>
  error ? faultsOf(error).map(asSentence) : [];

/** The same against all that a form holds, as its `validate` wants it; `fieldOf` says how the form calls a field of the rule. */
export const problemsOf = (
  rule: z.ZodType,
  values: unknown,
  fieldOf = (field: string): string => field,
): Record<string, string> =>
  Object.fromEntries(
    problemsIn(rule.safeParse(values).error)
      .map(({ field, message }) => [fieldOf(field), message] as const)
      // Of several faults of one field the first is said: what follows often comes of it.
      .toReversed(),
  );

/** What a rule says against one value; null when it is kept. */
export const problemIn =
  (rule: z.ZodType) =>
  (value: unknown): string | null =>
    problemsIn(rule.safeParse(value).error)[0]?.message ?? null;
