import { orNull } from "@preceptor/azure";
import { readMarks, type Marks } from "./marks.ts";
import { attemptPrefix } from "./names.ts";
import type { Place } from "./place.ts";
import { mostBytes, readWrongInput, type WrongInput } from "./wrong-input.ts";

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

/** Which input was not as recorded, where the bootstrap said so. */
export async function wrongInputOf(
  place: Pick<Place, "container">,
  attemptId: string,
  rank: number,
): Promise<WrongInput | null> {
  const text = await readState(place, attemptId, `unavailable-${rank}`);
  return text === null ? null : readWrongInput(text);
}

/** What the process of that rank printed past its log's limit. */
export async function droppedBytesOf(
  place: Pick<Place, "container">,
  attemptId: string,
  rank: number,
): Promise<number> {
  const count = Number((await readState(place, attemptId, `dropped-${rank}`)) ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

/** null where there is no such mark. One that a mount is just writing anew may be empty for a moment. */
async function readState(
  { container }: Pick<Place, "container">,
  attemptId: string,
  mark: string,
): Promise<string | null> {
  const blob = container.getBlobClient(`${stateOf(attemptId)}${mark}`);
  const { contentLength = 0 } = (await orNull(blob.getProperties())) ?? {};
  if (contentLength === 0 || contentLength > mostBytes) return null;
  return (await orNull(blob.downloadToBuffer()))?.toString("utf8") ?? null;
}

/** Written before the watchdog stops an attempt: whoever sees its end then knows who asked for it. */
export async function markOverdue(
  { container }: Pick<Place, "container">,
  attemptId: string,
  why: "preparing" | "queued",
): Promise<void> {
  await container.getBlockBlobClient(`${stateOf(attemptId)}overdue-${why}`).upload("\n", 1);
}
