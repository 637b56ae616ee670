/**
 * How long nothing must have referred to an object before it is removed: longer than an upload stays open, and than the links through
 * which an attempt reads its files.
 */
export const strayGraceMs = 48 * 60 * 60 * 1000;
/** How soon the store is asked again for an object it refused to remove. */
export const heldPauseMs = 24 * 60 * 60 * 1000;
/** Who claimed an object begins no removal of it later than this … */
export const removalClaimMs = 2 * 60 * 1000;
/** … and when this is over it ended in the middle: another does it again. */
export const removalTakeOverMs = 15 * 60 * 1000;
/** How long it stays known that an object was removed: whoever saw it before has given up, or committed, by then. */
export const removedMemoryMs = 30 * 24 * 60 * 60 * 1000;

/** A checkpoint its job does not ask to keep. */
export interface RemovableCheckpoint {
  readonly id: string;
  readonly jobId: string;
  readonly jobName: string;
  readonly name: string;
  readonly step: number | null;
  readonly createdAt: Date;
  /** Of its files; those that something else refers to as well stay. */
  readonly sizeBytes: number;
  /** What the job asks for, e.g. `keep last 2`. */
  readonly reason: string;
}
export interface Amount {
  readonly objects: number;
  readonly bytes: number;
}
/** What retention did within `removedMemoryMs`; an object that was stored again since is not counted. */
export interface Lately extends Amount {
  readonly lastAt: Date | null;
}
/** An object the store refuses to remove. */
export interface HeldObject {
  readonly name: string;
  readonly sizeBytes: number;
  readonly refusal: string;
  readonly askedAt: Date;
}
/** What the next run would do, and what it waits for. */
export interface RetentionOutlook {
  readonly checkpoints: readonly RemovableCheckpoint[];
  /** There are more than are shown. */
  readonly more: boolean;
  /** Uploads nobody finished in time. */
  readonly expiredUploads: number;
  /** Objects nothing refers to whose time is over; `since` is when the first of them was found. */
  readonly due: Amount & { readonly since: Date | null };
  /** Objects nothing refers to that wait; `nextDueAt` is when the first of them may go. */
  readonly waiting: Amount & { readonly nextDueAt: Date | null };
  /** A process is removing them, or ended while it did. */
  readonly removing: Amount;
  readonly held: readonly HeldObject[];
  readonly lately: { readonly checkpoints: Lately; readonly objects: Lately };
}
/** What one run did. */
export interface RetentionRun {
  readonly checkpoints: Amount;
  readonly abandonedUploads: number;
  /** Objects seen for the first time that nothing refers to. */
  readonly found: Amount;
  readonly removed: Amount;
  /** Objects the store refused to remove; they are tried again after a day. */
  readonly held: number;
  /** Why it ended early, e.g. that the store does not answer; what was left is done again later. */
  readonly problem: string | null;
  /** There is more to do than one run does. */
  readonly more: boolean;
}
