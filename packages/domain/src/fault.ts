import type { z } from "zod";

/** An input at fault: its path (`compute.nodes`; empty for the input as a whole) and what is wrong with it, for people. */
export interface InputFault {
  readonly field: string;
  readonly message: string;
}

/** What a schema found, a line for each fault; an unknown key is named by its full path. */
export const faultsOf = (error: z.ZodError): InputFault[] =>
  error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          field: [...issue.path, key].join("."),
          message: "there is no such field",
        }))
      : [{ field: issue.path.join("."), message: wordingOf(issue) }],
  );

/** zod's own words speak to programmers; a message a schema gives itself is kept. */
const standard = /^(Invalid input|Invalid option|Invalid key|Too big|Too small|Invalid string)/;

function wordingOf(issue: z.core.$ZodIssue): string {
  if (!standard.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined")
        ? "is missing"
        : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "invalid_key":
      return `this name cannot be used: ${issue.issues[0]?.message ?? "it is not valid"}`;
    case "invalid_union":
      return "has a kind of value that is not accepted here";
    case "too_big":
      return `must ${bound(issue.origin, "at most", Number(issue.maximum))}`;
    case "too_small":
      return Number(issue.minimum) === 1 && issue.origin !== "number" && issue.origin !== "int"
        ? "must not be empty"
        : `must ${bound(issue.origin, "at least", Number(issue.minimum))}`;
    default:
      return issue.message;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of fields",
  record: "a group of fields",
};

function bound(origin: string, how: string, limit: number): string {
  if (origin === "string") return `have ${how} ${limit} characters`;
  if (origin === "array" || origin === "set") return `have ${how} ${limit} items`;
  return `be ${how} ${limit}`;
}
