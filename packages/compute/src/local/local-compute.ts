import { join, resolve } from "node:path";
import type { ComputeProvider, Handle, ProducedArea } from "../provider.ts";
import { cancelAttempt } from "./cancel.ts";
import { readCapacity } from "./capacity.ts";
import { attemptLayout, isAttemptId, type AttemptLayout } from "./layout.ts";
import { listLogs, readLog } from "./logs.ts";
import { observeAttempt } from "./observe.ts";
import { listProducedFiles, readProducedFile } from "./produced.ts";
import { releaseAttempt } from "./release.ts";
import { startAttempt } from "./start.ts";

export interface LocalComputeOptions {
  /** Folder that holds attempts and Python environments; everything is found again from it. */
  readonly workDir: string;
  /** The interpreter environments are built from; `python3` of the PATH unless told. */
  readonly python?: string;
  /** More arguments for `pip install`. */
  readonly pipArgs?: readonly string[];
  /** How long a program asked to stop may take before it is made to. */
  readonly graceMs?: number;
  readonly clock?: () => Date;
}

/** Runs attempts as processes of this machine, each under a supervisor that outlives the worker. */
export function localCompute(options: LocalComputeOptions): ComputeProvider {
  const workDir = resolve(options.workDir);
  const { python = "python3", pipArgs = [], graceMs = 5000, clock = () => new Date() } = options;
  const layoutOf = (handle: Handle): AttemptLayout => attemptLayout(workDir, handle.attemptId);
  const area = (handle: Handle, name: ProducedArea): string => join(layoutOf(handle).root, name);
  const known = (handle: Handle): boolean => isAttemptId(handle.attemptId);

  return {
    name: "local",
    async start(attemptId, spec) {
      const layout = attemptLayout(workDir, attemptId);
      await startAttempt(layout, { workDir, attemptId, spec, python, pipArgs, graceMs });
      return { provider: "local", attemptId, data: {} };
    },
    observe: (handles) =>
      Promise.all(
        handles.map((handle) =>
          known(handle) ? observeAttempt(layoutOf(handle), clock()) : { kind: "gone" as const },
        ),
      ),
    async cancel(handle) {
      if (known(handle)) await cancelAttempt(layoutOf(handle));
    },
    listProduced: (handle, name) => listProducedFiles(area(handle, name)),
    readProduced: (handle, name, path) => readProducedFile(area(handle, name), path),
    async release(handle) {
      if (known(handle)) await releaseAttempt(layoutOf(handle), clock, graceMs);
    },
    capabilities: {
      logs: {
        list: (handle) => listLogs(layoutOf(handle)),
        read: (handle, log, offset, limitBytes) =>
          readLog(layoutOf(handle), log, offset, limitBytes),
      },
      capacity: { capacity: () => readCapacity(workDir) },
    },
  };
}
