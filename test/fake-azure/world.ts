import type { Blobs } from "./blobs.ts";
import type { FaultBook } from "./faults.ts";
import type { Names } from "./names.ts";
import type { FakeAzureOptions } from "./options.ts";
import type { State } from "./state.ts";

/** Everything a route or a run of this fake needs; there is nothing global, many can live in one process. */
export interface World {
  readonly folder: string;
  /** `https://127.0.0.1:<port>`: management, sign-in, run history and endpoints alike. */
  readonly origin: string;
  readonly names: Names;
  readonly options: FakeAzureOptions;
  readonly blobs: Blobs;
  readonly state: State;
  readonly faults: FaultBook;
  /** Aborted when this fake ends: nothing is written after. */
  readonly ended: AbortSignal;
}
