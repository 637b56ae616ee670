import { orNull } from "@preceptor/azure";
import { deploymentName, logPath } from "./names.ts";
import { deploymentPath, type Place } from "./place.ts";
import type { Where } from "./deployment.ts";
import { DeploymentLogs } from "./wire.ts";

const mostLines = 5000;

/** Azure gives the last lines of the container's log; what was kept when it was removed afterwards. */
export async function readLog(place: Place, where: Where): Promise<Buffer> {
  const live = await askLog(place, where);
  if (live !== null) return Buffer.from(live);
  const kept = place.container.getBlockBlobClient(logPath(where.deploymentId));
  return (await kept.exists()) ? kept.downloadToBuffer() : Buffer.alloc(0);
}

/** A failed deployment is deleted, and with it what says why. */
export async function keepLog(place: Place, where: Where): Promise<void> {
  const text = await askLog(place, where).catch(() => null);
  if (text === null) return;
  const blob = place.container.getBlockBlobClient(logPath(where.deploymentId));
  await blob.upload(text, Buffer.byteLength(text));
}

async function askLog({ client }: Place, where: Where): Promise<string | null> {
  const answer = await orNull(
    client.send({
      method: "POST",
      path: `${deploymentPath(where.endpoint, deploymentName(where.deploymentId))}/getLogs`,
      body: { containerType: "InferenceServer", tail: mostLines },
      schema: DeploymentLogs,
    }),
  );
  return answer === null ? null : (answer.content ?? "");
}

/** A part of it that cuts no character in two. */
export function partOf(
  log: Buffer,
  offset: number,
  limitBytes: number,
): { text: string; nextOffset: number } {
  const part = log.subarray(offset, offset + limitBytes);
  let end = part.length;
  const continues = (byte: number | undefined): boolean =>
    byte !== undefined && (byte & 0xc0) === 0x80;
  while (end > 0 && offset + end < log.length && continues(log[offset + end])) end -= 1;
  return { text: part.subarray(0, end).toString(), nextOffset: offset + end };
}
