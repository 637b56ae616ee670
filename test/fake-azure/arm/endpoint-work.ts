import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "../answer.ts";
import type { Collection } from "../collection.ts";
import type { ResourceDocument } from "../state.ts";
import type { World } from "../world.ts";
import { endOperation } from "./operation.ts";

const moving = new Set(["Creating", "Updating", "Scaling", "Deleting"]);

export const deploymentsOf = ({ state }: World, endpoint: string): ResourceDocument[] =>
  state.deployments.all().filter(({ id }) => id.startsWith(`${endpoint}:`));

/** One operation at a time for an endpoint with all its deployments. */
export function refuseWhileMoving(world: World, endpoint: string): void {
  const all = [world.state.endpoints.get(endpoint), ...deploymentsOf(world, endpoint)];
  const busy = all.find((one) => one !== undefined && moving.has(one.provisioningState));
  if (busy !== undefined)
    throw new Refusal(
      409,
      "Conflict",
      `The endpoint ${endpoint} is busy: ${busy.id} is ${busy.provisioningState}. Only one operation at a time is possible, try again when it is over.`,
    );
}

/** Does the work of an accepted request after its answer, and writes down how it ended. */
export async function carryOut(
  world: World,
  documents: Collection<ResourceDocument>,
  id: string,
  operation: string | null,
  work: () => Promise<void>,
): Promise<void> {
  await pause(world.options.operationMs);
  if (world.ended.aborted) return;
  let error: { code: string; message: string } | null = null;
  try {
    await work();
  } catch (caught) {
    const message = caught instanceof Error ? caught.message : "unknown";
    const code = caught instanceof Error && "code" in caught ? String(caught.code) : "ServiceError";
    error = { code, message };
  }
  if (world.ended.aborted) return;
  const document = documents.get(id);
  if (document?.provisioningState === "Deleting" && error === null) documents.delete(id);
  else if (document)
    documents.put({ ...document, provisioningState: error === null ? "Succeeded" : "Failed" });
  if (operation !== null) endOperation(world, operation, error);
}

/** A document before it is carried out. */
export function pending(
  before: ResourceDocument | undefined,
  id: string,
  body: ResourceDocument["body"],
  provisioningState: string,
  inner: ResourceDocument["inner"],
): ResourceDocument {
  const now = new Date().toISOString();
  return {
    id,
    body,
    provisioningState,
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    inner,
  };
}
