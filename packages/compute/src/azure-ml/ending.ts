import { durationMs } from "@preceptor/domain";
import type { FailureCause, Observation } from "../provider.ts";
import { processesOf, type End, type Marks } from "./marks.ts";
import type { RunDetails } from "./wire.ts";
import { wrongInputMessage, type WrongInput } from "./wrong-input.ts";

/** All that is known of a run that Azure calls over. `details` is null where run history could not be read. */
export interface Ended {
  readonly status: "Completed" | "Failed" | "Canceled";
  readonly shape: { readonly nodes: number; readonly processesPerNode: number };
  readonly timeout: string | null;
  readonly marks: Marks;
  readonly details: RunDetails | null;
  readonly wrongInput?: WrongInput | null;
}

/**
 * How it ended, in our words. Three shapes of preemption are one: the same run begun a second time (its bootstrap refuses and marks it),
 * a run failed with Azure's own word for it, and a run ended by Azure without anybody's wish after its nodes were taken.
 */
export function endingOf(ended: Ended): Observation {
  const { status, shape, marks, details } = ended;
  if (status === "Completed")
    return { kind: "succeeded", processes: processesOf(shape, "exited", () => 0) };
  // Queued again after it had begun: what it waited for was taken from it.
  const requeued = marks.overdue === "queued" && marks.started;
  if (marks.restarted || requeued || isPreemption(details, marks))
    return { kind: "preempted", message: "Azure took the machines back." };
  if (marks.overdue !== null) return failed(ended, ...overdue[marks.overdue]);
  if (ranOutOfTime(ended)) return failed(ended, "timeout", "Azure stopped it at its time limit.");
  if (status === "Canceled") return { kind: "cancelled" };
  return failed(ended, ...causeOf(ended));
}

const overdue: Record<"preparing" | "queued", Cause> = {
  preparing: [
    "environment-failed",
    "Azure was still preparing it at its deadline, and it was stopped: read the image build log, or raise deadlines.preparing of the target.",
  ],
  queued: [
    "start-refused",
    "Azure had no machines for it until its deadline, and it was stopped: look at the cluster's size and the quota, or raise deadlines.queued of the target.",
  ],
};
type Cause = readonly [FailureCause, string];

/** No text of Azure's is quoted: it repeats the last lines a program printed, which may be patient text. */
function causeOf({ marks, details, wrongInput = null }: Ended): Cause {
  if (marks.ticket !== null) return ["start-refused", noSecrets(marks.ticket)];
  if (marks.unavailable !== null) return ["input-unavailable", wrongInputMessage(wrongInput)];
  if (marks.overQuota) return ["disk-quota", overQuota(marks.overQuota)];
  const first = firstFailure(marks.ends);
  if (first) return causeOfEnd(first);
  const said = words(details);
  for (const [pattern, cause] of known) if (pattern.test(said)) return cause;
  const code = /exit(?:ed|)(?: with)?(?: non-zero)?(?: status)? code[: ]+(\d{1,3})/i.exec(
    said,
  )?.[1];
  return [
    "exit-code",
    code === undefined
      ? "Azure says that it failed, and not why: read its logs."
      : `The program ended with code ${code}: read its logs.`,
  ];
}

const whyNoSecrets: Record<NonNullable<Marks["ticket"]>["why"], string> = {
  used: "somebody had used its ticket already: who can read jobs of the workspace could have. The audit log has when; look at who may read there before you start the job again.",
  refused:
    "the control plane refused its ticket: the attempt was over or replaced when its process began.",
  unreachable:
    "the control plane did not answer it for ten minutes: see that the nodes reach the address at PRECEPTOR_PUBLIC_URL.",
};
const noSecrets = ({ rank, why }: NonNullable<Marks["ticket"]>): string =>
  `The process of rank ${rank} got no secrets, and began nothing: ${whyNoSecrets[why]}`;

const overQuota = ({ usedBytes, quotaBytes }: NonNullable<Marks["overQuota"]>): string =>
  `Checkpoints and outputs hold ${size(usedBytes)}, more than the ${size(quotaBytes)} the target allows an attempt: keep fewer checkpoints, or ask your operator for a larger quota. Checkpoints committed before are kept.`;

const size = (bytes: number): string =>
  bytes < 1e6 ? `${bytes} bytes` : `${Number((bytes / 1e9).toPrecision(3))} GB`;

/** The others often end because the first one did, by a signal from the launcher: a code of their own says more. */
const firstFailure = (ends: readonly End[]): End | undefined =>
  ends.find(({ how }) => how === "memory") ??
  ends.find(({ how, value }) => how === "code" && value !== 0) ??
  ends.find(({ how }) => how === "signal");

function causeOfEnd({ rank, how, value }: End): Cause {
  if (how === "memory")
    return ["out-of-memory", `The process of rank ${rank} needed more memory than its node has.`];
  return how === "signal"
    ? ["killed-by-signal", `The process of rank ${rank} was killed by signal ${value}.`]
    : ["exit-code", `The process of rank ${rank} ended with code ${value}: read its log.`];
}

const known: readonly (readonly [RegExp, Cause])[] = [
  [
    /image ?build|environment ?build|conda|docker ?(build|image|pull)|acr|ContainerImage/i,
    ["environment-failed", "Azure could not build or fetch the image: read the environment's log."],
  ],
  [
    /out ?of ?memory|oom|exit code 137|code: 137/i,
    ["out-of-memory", "Azure says that memory ran out."],
  ],
  [
    /ScriptExecution\.(StreamAccess|DatastoreResolution)|data[ -]?(access|capability|mount)|mount|StreamAccess|input.*not found/i,
    [
      "input-unavailable",
      "Azure could not give the job its inputs: check that the job's identity may read the datastore.",
    ],
  ],
  [/disk ?(is )?full|no space left|DiskFull/i, ["disk-quota", "A node's disk was full."]],
  [
    /quota|allocation ?fail|SkuNotAvailable|capacity|insufficient|InvalidComputeTarget|compute.*not found/i,
    [
      "start-refused",
      "Azure could not allocate machines: look at the quota and at the region's capacity.",
    ],
  ],
];

/**
 * Real words of it: "PreemptionError: Nodes of this job got pre-empted". A message may also repeat what a program printed, so it counts
 * only for a program that did not end with a code of its own; codes and warnings are always Azure's.
 */
export function isPreemption(
  details: RunDetails | null,
  marks: Pick<Marks, "ends"> | null,
): boolean {
  const own = marks?.ends.some(({ how, value }) => how === "code" && value !== 0) ?? false;
  if (/PreemptionError/.test(words(details))) return true;
  return taken.test(own ? codesAndWarnings(details) : words(details));
}
const taken = /pre-?empt(ed|ion)|node.{0,40}evict|evict.{0,40}node|spot.{0,40}reclaim/i;

const overTime = /max(imum)? ?run ?duration|time ?limit|(job|run|execution) ?timed?[ -]?out/i;

function ranOutOfTime({ timeout, details }: Ended): boolean {
  if (overTime.test(words(details))) return true;
  const from = Date.parse(details?.startTimeUtc ?? "");
  const to = Date.parse(details?.endTimeUtc ?? "");
  const limitMs = durationMs(timeout ?? "");
  return limitMs !== null && limitMs > 0 && to - from >= limitMs;
}

function words(details: RunDetails | null): string {
  const error = details?.error?.error;
  const said = [error?.message, ...(error?.details ?? []).map(({ message }) => message)];
  return [codesAndWarnings(details), ...said].filter((text) => typeof text === "string").join("\n");
}

function codesAndWarnings(details: RunDetails | null): string {
  const error = details?.error?.error;
  return [
    error?.code,
    error?.innerError?.code,
    ...(error?.details ?? []).map(({ code }) => code),
    ...(details?.warnings ?? []).map(({ message }) => message),
  ]
    .filter((text) => typeof text === "string")
    .join("\n");
}

function failed(
  { shape, marks }: Ended,
  cause: FailureCause,
  message: string,
): Observation & { kind: "failed" } {
  const ends = new Map(marks.ends.map((end) => [end.rank, end]));
  const exitCode = (rank: number): number | null => {
    const end = ends.get(rank);
    if (!end) return null;
    return end.how === "code" ? end.value : 128 + end.value;
  };
  return { kind: "failed", cause, message, processes: processesOf(shape, "exited", exitCode) };
}
