import type { z } from "zod";

/** A schema's complaints by field, as a form wants them. */
export const problemsOf =
  (schema: z.ZodType) =>
  (values: unknown): Record<string, string> =>
    Object.fromEntries(
      (schema.safeParse(values).error?.issues ?? []).map((issue) => [
        String(issue.path[0]),
        issue.message,
      ]),
    );
