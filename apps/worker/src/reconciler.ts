import type { AttemptTiming } from "@preceptor/domain";
import type { Lease, LeasedNoun, ProviderContext } from "@preceptor/services";

/** What every reconciler may rely on of this process. */
export interface Settings {
  /** How a job reaches the API. */
  readonly publicUrl: string;
  readonly timing?: AttemptTiming;
}
/** One claimed row. */
export interface Work {
  readonly lease: Lease;
  /** Acts as the worker in the row's own organization. */
  readonly ctx: ProviderContext;
  readonly settings: Settings;
  /** Aborted when the lease is lost or the worker is asked to end: start nothing new then. */
  readonly signal: AbortSignal;
}
/** Brings rows of one noun closer to what is wanted of them, one look at a time. */
export interface Reconciler {
  readonly noun: LeasedNoun;
  /** Looks once, does what is due, and says in how many milliseconds the row is due again. May be repeated at any point. */
  reconcile(work: Work): Promise<number>;
}
