import type { AttemptSpec, ComputeProvider } from "../provider.ts";

/** What a contract's program does; an adapter's world knows how to make its provider run it. */
export type Behaviour =
  /** Prints `begun`, writes `checkpoint-1/model.safetensors` and `model/config.json`, ends with 0. */
  | "succeeds"
  /** Ends with exit code 3. */
  | "fails"
  /** Goes on until it is ended. */
  | "runs-on";

/** One provider with a place of its own, made for one test. */
export interface ContractWorld {
  readonly provider: ComputeProvider;
  /** The same place through a new adapter, as after a restart of the worker. */
  reopen(): Promise<ComputeProvider>;
  spec(behaviour: Behaviour): Promise<AttemptSpec>;
  close(): Promise<void>;
}
