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

/** What a rule says against one value; null when it is kept. */
export const problemIn =
  (rule: z.ZodType) =>
  (value: unknown): string | null =>
    problemsIn(rule.safeParse(value).error)[0]?.message ?? null;
