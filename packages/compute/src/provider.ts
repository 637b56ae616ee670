import type { AttemptProcess, FileLink, ProviderName } from "@preceptor/domain";
import type { ClusterManager, OptionReader, Preflight, QuotaReader } from "./capabilities.ts";

/** A file the attempt's folder gets: `link` is asked for when its copy begins, its digest checked on the way. */
export interface LinkedFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly link: FileLink;
}
/** Everything needed to start an attempt; besides its files' links plain data, so it can be logged without its `secrets`. */
export interface AttemptSpec {
  readonly jobName: string;
  readonly code: readonly LinkedFile[];
  /** Program and arguments inside the code folder, e.g. `["python", "lora-sft/main.py"]`; `python` is the environment's. */
  readonly command: readonly string[];
  /** Path inside the code folder of the pinned requirements; none means the bare interpreter. */
  readonly requirements: string | null;
  /** Path inside the code folder of the modules that may be imported ahead, one a line; an adapter may ignore it. */
  readonly preload?: string | null;
  readonly inputs: Readonly<Record<string, readonly LinkedFile[]>>;
  /** Files of the newest committed checkpoint, or none. */
  readonly resumeFrom: { readonly name: string; readonly files: readonly LinkedFile[] } | null;
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that never reach a log, an error or a disk file readable by others. */
  readonly secrets: Readonly<Record<string, string>>;
  /** For a place where the environment of a job is readable by others: each process asks `url` for its `secrets` with it, once. */
  readonly ticket?: { readonly url: string; readonly value: string };
  readonly nodes: number;
  readonly processesPerNode: number;
  /** `pytorch`: torchrun's variables; `mpi`: an MPI launcher's; `none`: the command once a node. */
  readonly distribution: "pytorch" | "mpi" | "none";
  readonly tier: "dedicated" | "spot";
  /** One of the machines and images its target offers; the target's own when left out. */
  readonly instanceType?: string | undefined;
  readonly image?: string | undefined;
  readonly timeoutMs: number;
  readonly diskQuotaBytes: number;
  readonly logLimitBytes: number;
}
/** What an adapter needs to find the attempt again after a restart; opaque to everybody else, JSON. */
export interface Handle {
  readonly provider: ProviderName;
  readonly attemptId: string;
  readonly data: Readonly<Record<string, string>>;
}
/** What the provider says now, in our words. */
export type Observation = AttemptState & {
  /** When the provider said so, where that was before it was asked now: in a list of many, read a moment ago. */
  readonly seenAtMs?: number;
  /** What its cluster is to be told again with the handle, e.g. since when it says this: a restart begins nothing anew. */
  readonly note?: Readonly<Record<string, string>>;
  /** It goes on for longer than it may, and only a person can end that. */
  readonly overdue?: true;
};
type AttemptState =
  | { readonly kind: "preparing"; readonly message: string; readonly progress: number | null }
  | { readonly kind: "queued"; readonly message: string }
  | {
      readonly kind: "running";
      readonly processes: readonly AttemptProcess[];
      readonly usage: Usage | null;
    }
  /** `message` where there is more to say than that it is ending, e.g. that it does not end. */
  | { readonly kind: "finalizing"; readonly message?: string }
  | { readonly kind: "succeeded"; readonly processes: readonly AttemptProcess[] }
  | {
      readonly kind: "failed";
      readonly cause: FailureCause;
      readonly message: string;
      readonly processes: readonly AttemptProcess[];
    }
  | { readonly kind: "preempted"; readonly message: string }
  | { readonly kind: "cancelled" }
  /** The provider does not answer, or says a word we do not know. Never a failure. */
  | {
      readonly kind: "unknown";
      readonly message: string;
      /** Since when its cluster says this: a word, though it tells nothing. Left out where nothing was heard at all. */
      readonly sinceMs?: number;
      /** How long this may go on before the attempt is given up; a short while where its cluster does not say. */
      readonly patienceMs?: number;
      /** Nobody's attempts can be asked for there: that says nothing of this one, and it is never given up for it. */
      readonly outage?: true;
    }
  /** The provider no longer knows this handle. */
  | { readonly kind: "gone" };
export const failureCauses = [
  "exit-code",
  "killed-by-signal",
  "out-of-memory",
  "timeout",
  "disk-quota",
  "environment-failed",
  "input-unavailable",
  "start-refused",
] as const;
export type FailureCause = (typeof failureCauses)[number];
export interface Usage {
  /** Cores in use, e.g. 1.8. */
  readonly cpuCores: number;
  readonly memoryBytes: number;
}
/** A file below the attempt's checkpoint or output folder, as the provider sees it. */
export interface ProducedFile {
  /** e.g. `checkpoint-40/model.safetensors` */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}
export type ProducedArea = "checkpoints" | "outputs";
export interface LogChunk {
  /** Whole text from `offset` on, up to `limitBytes`. */
  readonly text: string;
  readonly nextOffset: number;
  /** Bytes the process printed past the kept limit. */
  readonly droppedBytes: number;
  readonly ended: boolean;
}

/**
 * A place jobs run. Promises, each checked by the contract suite: starting twice with the same attempt id is one attempt; observing after the
 * adapter's process restarted finds it again; cancelling one that is gone succeeds; nothing of an attempt outlives its cancel.
 */
export interface ComputeProvider {
  readonly name: ProviderName;
  /**
   * Starts the attempt once: calling again with the same id returns the same handle. Returns once the provider has it; preparation, and
   * whatever can never start, is observed. An `unavailable` error means: nothing is decided, ask again; `not-found`: a file it links to is gone.
   */
  start(attemptId: string, spec: AttemptSpec): Promise<Handle>;
  /**
   * One observation a handle, in order. A handle it no longer knows is `gone`, not an error. `alone`: each is asked for by itself, past
   * lists and whatever is remembered, before something is done that cannot be undone.
   */
  observe(handles: readonly Handle[], how?: "alone"): Promise<readonly Observation[]>;
  /** Asks the attempt to stop. Succeeds if it already has. */
  cancel(handle: Handle): Promise<void>;
  /** Files the attempt has produced so far. Links and paths that leave the folder are left out. */
  listProduced(handle: Handle, area: ProducedArea): Promise<readonly ProducedFile[]>;
  readProduced(handle: Handle, area: ProducedArea, path: string): Promise<NodeJS.ReadableStream>;
  /** Frees what the attempt holds on the provider; the worker calls it once its files are committed. */
  release(handle: Handle): Promise<void>;
  readonly capabilities: Capabilities;
}
export interface Capabilities {
  readonly logs?: LogReader;
  readonly capacity?: CapacityReader;
  readonly clusters?: ClusterManager;
  readonly quotas?: QuotaReader;
  readonly options?: OptionReader;
  readonly preflight?: Preflight;
}
export interface LogReader {
  /** Names of the attempt's logs, e.g. `node-0`, `node-1`, `environment`. */
  list(handle: Handle): Promise<readonly string[]>;
  read(handle: Handle, log: string, offset: number, limitBytes: number): Promise<LogChunk>;
}
export interface CapacityReader {
  capacity(): Promise<{
    cpuCores: number;
    memoryBytes: number;
    freeDiskBytes: number;
    gpus: number;
    running: number;
  }>;
}
