import type { Database, Transaction } from "@preceptor/db";
import type { Caller, IdNoun } from "@preceptor/domain";
import type { ComputeProviders } from "@preceptor/compute";
import type { ServingProviders } from "@preceptor/serving";
import type { ObjectStore } from "@preceptor/storage";
import type { Signer } from "@preceptor/attest";

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What every verb gets; nothing else is global. */
export interface ServiceContext {
  readonly db: Database;
  readonly caller: Caller;
  readonly now: () => Date;
  readonly newId: (noun: IdNoun) => string;
  readonly log: Log;
  readonly store: ObjectStore;
  /** Signs votes and decisions with the server's key. */
  readonly signer: Signer;
  /** Whether this is the member's password; the edge supplies it, so that no verb knows how members sign in. */
  readonly confirmPassword: (userId: string, password: string) => Promise<boolean>;
}

/** What verbs get that look at what runs: the places jobs run, by compute target. */
export interface ComputeContext extends ServiceContext {
  readonly compute: ComputeProviders;
}

/** What the worker's verbs get besides: the places models are served from. */
export interface ProviderContext extends ComputeContext {
  readonly serving: ServingProviders;
}

/** Inside a transaction: the row-level scope of the caller is set. */
export type { Transaction };
