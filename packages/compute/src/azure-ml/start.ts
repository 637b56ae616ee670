import { inOurWords, once, orNull } from "@preceptor/azure";
import type { DomainErrorCode } from "@preceptor/domain";
import { DomainError } from "@preceptor/domain";
import type { AttemptSpec, FailureCause } from "../provider.ts";
import { mustChoose } from "./choice.ts";
import { codeId, ensureCode, withBootstrap } from "./code.ts";
import { ensureEnvironment, environmentId, environmentPlan } from "./environment.ts";
import { plannedInputs, stageInputs } from "./inputs.ts";
import { jobBody, type JobBody } from "./job-body.ts";
import { jobName } from "./names.ts";
import { computeId, type Place } from "./place.ts";
import { readRefusal, writeRefusal } from "./refusal.ts";
import { JobResource, Nothing } from "./wire.ts";

/**
 * Sees to it that Azure has a job of the attempt's name, and only one: the body is complete before anything is sent, everything it names
 * is named by digest, and after a doubtful answer the job itself is asked for. What can never start is written down and observed.
 */
export async function startJob(place: Place, attemptId: string, spec: AttemptSpec): Promise<void> {
  const path = `/jobs/${jobName(attemptId)}`;
  const isThere = async (): Promise<boolean> =>
    (await orNull(place.client.send({ method: "GET", path, schema: JobResource }))) !== null;
  try {
    if (await isThere()) return;
    if (await readRefusal(place, attemptId)) return;
    const body = bodyOf(place, attemptId, spec);
    await assets(place, spec);
    await once(() => place.client.send({ method: "PUT", path, body, schema: Nothing }), isThere);
  } catch (error) {
    const refusal = inOurWords(error);
    const cause = causes[refusal.code];
    if (cause === null) throw refusal;
    await writeRefusal(place, attemptId, { cause, message: refusal.message });
  }
}

function bodyOf(place: Place, attemptId: string, spec: AttemptSpec): JobBody {
  const { machine, image } = mustChoose(place.target, spec);
  return jobBody({
    attemptId,
    spec,
    target: place.target,
    codeId: codeId(place, withBootstrap(spec.code)),
    environmentId: environmentId(place, environmentPlan(spec, image)),
    machines:
      machine.cluster === null
        ? { instanceType: machine.instanceType ?? "" }
        : { computeId: computeId(place, machine.cluster) },
    ...plannedInputs(spec),
  });
}

async function assets(place: Place, spec: AttemptSpec): Promise<void> {
  const inputs = stageInputs(place, spec).catch((error: unknown) => {
    const { code, message } = inOurWords(error);
    // What is wrong with an input is told apart from what is wrong with the job.
    throw code === "unavailable"
      ? new DomainError(code, message)
      : new DomainError("digest-mismatch", message);
  });
  await Promise.all([
    ensureCode(place, withBootstrap(spec.code)),
    ensureEnvironment(place, spec, mustChoose(place.target, spec).image),
    inputs,
  ]);
}

/** What an error means for the attempt; null where another try may do. */
const causes: Record<DomainErrorCode, FailureCause | null> = {
  unauthenticated: null,
  forbidden: null,
  "not-found": "start-refused",
  invalid: "start-refused",
  conflict: "start-refused",
  "already-exists": "start-refused",
  "stale-attempt": "start-refused",
  "digest-mismatch": "input-unavailable",
  "too-large": "start-refused",
  "quota-exceeded": "start-refused",
  unavailable: null,
  "gate-failed": "start-refused",
};
