import type { job } from "@preceptor/db";
import { durationMs, longestWaitMs, type ComputeTargetSettings } from "@preceptor/domain";

/** Ends of an attempt's life are known by events, which end its token at once; this only bounds a stolen one. */
const graceMs = 60 * 60 * 1000;

type Limited = Pick<typeof job.$inferSelect, "spec">;

/** From now on, for an attempt that runs now: its processes are ended by their time limit. */
export const expiryOfRunning = ({ spec }: Limited, now: Date): Date =>
  new Date(now.getTime() + (durationMs(spec.limits.timeout) ?? 0) + graceMs);

/** For one that is handed over now: it may begin only after all its target may let it wait. */
export const firstExpiry = (job: Limited, settings: ComputeTargetSettings, now: Date): Date =>
  expiryOfRunning(job, new Date(now.getTime() + longestWaitMs(settings)));
