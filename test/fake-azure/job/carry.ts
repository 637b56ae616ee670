import { join } from "node:path";
import type { World } from "../world.ts";
import { artifactPrefix, retryFolder, runFolders } from "./folders.ts";
import { outputFolders, outputPlaces } from "./launch.ts";
import { LogBlob } from "./log-blob.ts";
import { openMount, type Mount } from "./mount.ts";
import { jobOf } from "./status.ts";

/** Carries a run's logs and outputs to the storage while it runs. */
export interface Carrier {
  sync(): Promise<void>;
}

export async function openCarrier(world: World, id: string): Promise<Carrier> {
  const folders = outputFolders(world, id);
  const mounts: Mount[] = [];
  for (const [name, place] of Object.entries(outputPlaces(world, id)))
    mounts.push(await openMount(world, place, folders[name] ?? ""));
  const logs = new Map<string, LogBlob>();
  return {
    async sync() {
      const job = jobOf(world, id);
      const { logs: folder } = runFolders(world, job);
      for (const { logFile } of job.processes) {
        const name = artifactPrefix(job) + logFile.slice(folder.length + 1);
        const log = logs.get(name) ?? new LogBlob(world, logFile, name);
        logs.set(name, log);
        await log.sync();
      }
      for (const mount of mounts) await mount.sync();
    },
  };
}

/** The log of the image build: a file here, a blob of the run there. */
export function buildLog(world: World, id: string): { file: string; blob: LogBlob } {
  const job = jobOf(world, id);
  const file = join(runFolders(world, job).root, "image-build.txt");
  const name = `${artifactPrefix(job)}${retryFolder(job)}azureml-logs/20_image_build_log.txt`;
  return { file, blob: new LogBlob(world, file, name) };
}
