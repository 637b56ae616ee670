import { setTimeout as sleep } from "node:timers/promises";
import { inOurWords } from "@preceptor/azure";
import type { ServingSpec } from "../provider.ts";
import { assertModelDigest, ensureEnvironment, ensureModel } from "./assets.ts";
import { createDeployment, type Where } from "./deployment.ts";
import { ensureEndpoint } from "./endpoint.ts";
import type { Place } from "./place.ts";
import { movePhase } from "./state.ts";

/** Links to files live an hour; a start with fresh ones takes it up after this long. */
const giveUpMs = 40 * 60_000;

/**
 * From a spec to a deployment that Azure is creating. Every step looks first, so it may be begun again at any time. What cannot be
 * mended by waiting is the deployment's failure.
 */
export async function prepare(
  place: Place,
  where: Where,
  spec: ServingSpec,
  say: (message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + giveUpMs;
  while (!signal.aborted && performance.now() < deadline) {
    try {
      await prepareOnce(place, where, spec, say, signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = inOurWords(error);
      if (code !== "unavailable")
        return movePhase(place, where.deploymentId, "failing", { message });
      say(message);
    }
    await sleep(place.pollMs * 4, undefined, { signal }).catch(() => {});
  }
}

async function prepareOnce(
  place: Place,
  where: Where,
  spec: ServingSpec,
  say: (message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  assertModelDigest(spec);
  say("bringing the model's files");
  const modelId = await ensureModel(place, spec);
  signal.throwIfAborted();
  say("bringing what the image is built from");
  const environmentId = await ensureEnvironment(place, spec);
  signal.throwIfAborted();
  say("waiting for the endpoint");
  await ensureEndpoint(place, where.endpoint, where.purpose, signal);
  signal.throwIfAborted();
  say("asking for the deployment");
  const parts = { deploymentId: where.deploymentId, modelId, environmentId };
  const operation = await createDeployment(place, where, spec, parts, signal);
  const followed = operation === null ? {} : { operation };
  await movePhase(place, where.deploymentId, "created", followed);
}
