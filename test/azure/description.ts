import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

export const specification = resolve(
  import.meta.dirname,
  "../../../shared/specs/azure-machinelearning/specification",
);

/** The official API description lies beside the checkout, not in it: without it nothing can be compared. */
export const descriptionIsHere: boolean = existsSync(
  join(specification, "machinelearningservices"),
);
