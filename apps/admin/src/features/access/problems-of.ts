import type { z } from "zod";
import { sentence } from "../../api/error.ts";

/** A schema's complaints by field, as a form wants them. */
export const problemsOf =
  (schema: z.ZodType) =>
  (values: unknown): Record<string, string> =>
    Object.fromEntries(
      (schema.safeParse(values).error?.issues ?? []).map((issue) => [
        String(issue.path[0]),
        sentence(issue.message),
      ]),
    );
