import { Name } from "@preceptor/domain";
import { z } from "zod";

/** `notes` (its newest version) or `notes@3`. */
export const MaybeVersioned = z
  .string()
  .transform((text) => {
    const [, name = "", version] = /^([^@]*)(?:@([1-9]\d{0,8}))?$/.exec(text) ?? [];
    return { name, ...(version === undefined ? {} : { version: Number(version) }) };
  })
  .refine(({ name }) => Name.safeParse(name).success, "write it as name or name@version");

export const Versioned = MaybeVersioned.refine(
  (found) => found.version !== undefined,
  "say which version: name@version",
);
