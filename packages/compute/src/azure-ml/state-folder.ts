import { readMarks, type Marks } from "./marks.ts";
import { attemptPrefix } from "./names.ts";
import type { Place } from "./place.ts";

const stateOf = (attemptId: string): string => `${attemptPrefix(attemptId)}/state/`;

/** The marks of an attempt, from one listing. */
export async function listMarks(
  { container }: Pick<Place, "container">,
  attemptId: string,
): Promise<Marks> {
  const prefix = stateOf(attemptId);
  const names: string[] = [];
  for await (const blob of container.listBlobsFlat({ prefix }))
    names.push(blob.name.slice(prefix.length));
  return readMarks(names);
}

/** Written before the watchdog stops an attempt: whoever sees its end then knows who asked for it. */
export async function markOverdue(
  { container }: Pick<Place, "container">,
  attemptId: string,
  why: "preparing" | "queued",
): Promise<void> {
  await container.getBlockBlobClient(`${stateOf(attemptId)}overdue-${why}`).upload("\n", 1);
}
