import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { JobIssue, JobParameters, ParameterSchema } from "@preceptor/domain";

/** Checks parameters against the recipe's own schema, names each fault by its field and fills the defaults in. */
export function checkParameters(
  schema: ParameterSchema,
  given: JobParameters,
): { values: JobParameters; issues: JobIssue[] } {
  const ajv = new Ajv2020({ allErrors: true, useDefaults: true, strict: false, logger: false });
  const values: Record<string, number | string | boolean> = { ...given };
  const { $schema: _, ...own } = schema;
  const validate = ajv.compile(own);
  if (validate(values)) return { values, issues: [] };
  return {
    values,
    issues: (validate.errors ?? []).map((error) => issueOf(error, Object.keys(schema.properties))),
  };
}

function issueOf(error: ErrorObject, known: readonly string[]): JobIssue {
  const { keyword, params, instancePath, message } = error;
  if (keyword === "additionalProperties") {
    const name = String(params["additionalProperty"]);
    return {
      field: `parameters.${name}`,
      message: `There is no parameter ${name}; this recipe has ${known.join(", ") || "none"}.`,
    };
  }
  if (keyword === "required") {
    const name = String(params["missingProperty"]);
    return { field: `parameters.${name}`, message: `The parameter ${name} is needed.` };
  }
  const name = instancePath.slice(1).replaceAll("~1", "/").replaceAll("~0", "~");
  const detail =
    keyword === "enum"
      ? `must be one of ${String(params["allowedValues"])}`
      : keyword === "type"
        ? `must be ${kinds[String(params["type"])] ?? String(params["type"])}`
        : message;
  return { field: `parameters.${name}`, message: `${name} ${detail ?? "is not valid"}.` };
}

const kinds: Readonly<Record<string, string>> = {
  number: "a number, e.g. 0.0002",
  integer: "a whole number",
  string: "a text",
  boolean: "true or false",
};
