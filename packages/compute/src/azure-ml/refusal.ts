import { z } from "zod";
import { failureCauses, type FailureCause } from "../provider.ts";
import { attemptPrefix } from "./names.ts";
import type { Place } from "./place.ts";

export interface Refusal {
  readonly cause: FailureCause;
  readonly message: string;
}
const RefusalFile = z.object({ cause: z.enum(failureCauses), message: z.string() });

const blobOf = ({ container }: Pick<Place, "container">, attemptId: string) =>
  container.getBlockBlobClient(`${attemptPrefix(attemptId)}/state/refused.json`);

/** Why the attempt never became a job. Kept beside its other marks, so that a restarted worker and every other one knows it. */
export async function readRefusal(
  place: Pick<Place, "container">,
  attemptId: string,
): Promise<Refusal | null> {
  const blob = blobOf(place, attemptId);
  if (!(await blob.exists())) return null;
  return RefusalFile.parse(JSON.parse((await blob.downloadToBuffer()).toString("utf8")));
}

export async function writeRefusal(
  place: Pick<Place, "container">,
  attemptId: string,
  refusal: Refusal,
): Promise<void> {
  const text = JSON.stringify(refusal);
  await blobOf(place, attemptId).upload(text, Buffer.byteLength(text));
}
