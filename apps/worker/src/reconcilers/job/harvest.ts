import type { ComputeProvider } from "@preceptor/compute";
import { DomainError, signatureOf } from "@preceptor/domain";
import { commitCheckpoint, type WatchedAttempt, type WatchedJob } from "@preceptor/services";
import type { Work } from "../../reconciler.ts";
import { checkpointFolders, type ProducedFolder } from "./produced.ts";

/** Two looks this far apart that see the same files: the program has finished writing them. */
const stillForMs = 2000;

interface Known {
  readonly signature: string;
  readonly sinceMs: number;
  /** Whether these files were committed or refused; torn ones are only waited for. */
  readonly judged: boolean;
}
type Place = Work & { readonly job: WatchedJob; readonly provider: ComputeProvider };

export interface Harvester {
  /** Commits the attempt's finished checkpoints. With `last` (it has ended) everything left is judged at once. */
  harvest(place: Place, attempt: WatchedAttempt, options: { last: boolean }): Promise<void>;
  forget(attemptId: string): void;
}

/** Remembers what it saw of running attempts. A worker that knows nothing only looks once more: committing again changes nothing. */
export function createHarvester(): Harvester {
  const seen = new Map<string, Map<string, Known>>();
  return {
    async harvest(place, attempt, { last }) {
      const folders = await checkpointFolders(place.provider, attempt.handle);
      const known = seen.get(attempt.id) ?? new Map<string, Known>();
      seen.set(attempt.id, known);
      for (const folder of folders) {
        if (place.signal.aborted) throw new Error("interrupted; the next look goes on");
        const nowMs = place.ctx.now().getTime();
        const before = known.get(folder.name);
        const signature = signatureOf(folder.files);
        if (before?.signature !== signature) {
          known.set(folder.name, { signature, sinceMs: nowMs, judged: false });
          if (!last) continue;
        } else if (before.judged || (!last && nowMs - before.sinceMs < stillForMs)) continue;
        const judged = await commit(place, attempt, folder, last);
        // What is torn now is read again only once it has changed, or when the attempt is over.
        known.set(folder.name, {
          signature,
          sinceMs: judged ? nowMs : Number.POSITIVE_INFINITY,
          judged,
        });
      }
    },
    forget: (attemptId) => void seen.delete(attemptId),
  };
}

async function commit(
  place: Place,
  attempt: WatchedAttempt,
  folder: ProducedFolder,
  last: boolean,
): Promise<boolean> {
  try {
    const made = await commitCheckpoint(place.ctx, {
      jobId: place.job.id,
      attemptId: attempt.id,
      fencingToken: attempt.fencingToken,
      name: folder.name,
      kind: "step",
      files: folder.candidates,
      last,
    });
    return made !== null;
  } catch (error) {
    // A program may rotate its checkpoints away, or write again, while they are read.
    const changed =
      error instanceof DomainError &&
      ["not-found", "digest-mismatch", "invalid"].includes(error.code);
    if (!changed || last) throw error;
    return false;
  }
}
