import { ask } from "../run-wide/index.ts";
import type { Exchange } from "../fake-azure/index.ts";
import { descriptionIsHere } from "./description.ts";

export { descriptionIsHere } from "./description.ts";

/**
 * What of these exchanges is not as the official description has it, a line each: none is conformance. Every request is compared, and
 * every answer that no fault has changed. Empty with a printed notice where the description is not there.
 */
export async function violationsOf(exchanges: readonly Exchange[]): Promise<readonly string[]> {
  if (!descriptionIsHere) {
    console.warn(
      "Azure conformance is not checked: there is no ../shared/specs beside this checkout.",
    );
    return [];
  }
  const answer = (await ask("/violations", exchanges)) as { found: string[]; failed?: string };
  if (answer.failed !== undefined) throw new Error(answer.failed);
  return answer.found;
}
