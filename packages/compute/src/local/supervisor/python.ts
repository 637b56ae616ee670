import { findPython as find, type Interpreter } from "@preceptor/python-environment";
import { inheritedByPip } from "../inherited.ts";
import { AttemptFailure } from "./failure.ts";

export { isRecent, type Interpreter } from "@preceptor/python-environment";

/** The interpreter of this name; an attempt without one fails with what to do. */
export async function findPython(python: string): Promise<Interpreter> {
  try {
    return await find(python, inheritedByPip(process.env));
  } catch (error) {
    const why = error instanceof Error ? error.message : "Python does not start";
    throw new AttemptFailure("environment-failed", why);
  }
}
